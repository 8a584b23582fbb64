// Runs before the page's own code, and says what is missing where that could not run: on what, and what
// to do. It is older script on purpose, and does nothing where all is there.
(function () {
  "use strict";
  // A function of one v128, as wasm with SIMD.
  var SIMD = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]);
  var NEWER = "Open it in a browser from May 2023 or later.";

  function isCompiled() {
    try {
      return Boolean(new WebAssembly.Module(SIMD));
    } catch (error) {
      return false;
    }
  }

  // What is missing first: a code, a sentence, and the next step.
  function lacking(isFolder) {
    if (isFolder && location.protocol === "file:") {
      return ["folder_on_disk", "A page of several files cannot run from a disk", "Open the page as one file, or serve this folder over http."];
    }
    if (typeof WebAssembly !== "object") {
      return ["no_wasm", "This browser has no WebAssembly, or it is switched off", NEWER + " If it is one, see whether a lockdown mode or a setting has switched WebAssembly off."];
    }
    if (!WebAssembly.validate(SIMD)) return ["no_simd", "This browser has WebAssembly, but not its SIMD instructions", NEWER];
    if (!isCompiled()) {
      return ["wasm_blocked", "A policy forbids WebAssembly on this page", "The host's Content-Security-Policy must have 'wasm-unsafe-eval' in its script-src."];
    }
    if (typeof Worker !== "function") return ["no_worker", "This browser has no workers, in which logs are read", NEWER];
    if (typeof DecompressionStream !== "function") return ["no_decompression", "This browser cannot decompress streams", NEWER];
    return undefined;
  }

  function element(name, content) {
    var made = document.createElement(name);
    made.textContent = content;
    return made;
  }

  // What whoever helps will ask for: the code, the words and which browser. Plain http has no clipboard.
  function copier(text) {
    var button = element("button", "Copy");
    function said(words) {
      button.textContent = words;
    }
    button.type = "button";
    button.className = "button";
    button.title = "Copy the code, these words and which browser this is";
    button.setAttribute("aria-live", "polite");
    button.onclick = function () {
      if (!navigator.clipboard) return said("Select and copy it");
      navigator.clipboard.writeText(text).then(function () {
        said("Copied");
      }, function () {
        said("Select and copy it");
      });
    };
    return button;
  }

  function show(code, sentence, step) {
    var page = document.createElement("main");
    var actions = document.createElement("div");
    var link = element("a", "Open lineage.html");
    var told = element("p", "Code: ");
    page.id = "boot";
    page.className = "notice-page";
    page.setAttribute("role", "alert");
    page.appendChild(element("h1", sentence));
    page.appendChild(element("p", step));
    if (code === "folder_on_disk") {
      link.href = "lineage.html" + location.hash;
      link.className = "button primary";
      actions.className = "actions";
      actions.appendChild(link);
      page.appendChild(actions);
    }
    told.appendChild(element("code", code));
    told.appendChild(document.createTextNode(" "));
    told.appendChild(copier(code + ": " + sentence + ". " + step + " " + navigator.userAgent));
    page.appendChild(told);
    document.getElementById("boot").replaceWith(page);
    document.documentElement.setAttribute("data-state", "unsupported");
    document.documentElement.setAttribute("data-error", code);
  }

  var lacks = lacking(Boolean(document.currentScript.src));
  if (!lacks) return;
  window.lineageLacks = lacks[0];
  show(lacks[0], lacks[1], lacks[2]);
})();
