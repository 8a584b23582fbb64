// The decompressor of zstd, as the page starts it. What keeps its code from being loaded is thrown
// outside of the promise, where the page hears of it.
importScripts("unzstd.js");
wasm_bindgen({ module_or_path: "unzstd_bg.wasm" }).catch((error) => {
  setTimeout(() => {
    throw error;
  });
});
