// The decompressor of zstd, as the page starts it: its wasm comes beside its script. What keeps its code from being
// loaded is thrown outside of the promise, where the page hears of it.
const code = fetch("unzstd_bg.wasm");
importScripts("unzstd.js");
wasm_bindgen({ module_or_path: code }).catch((error) => {
  setTimeout(() => {
    throw error;
  });
});
