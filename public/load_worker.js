// The ingest worker, as the page starts it. What keeps its code from being loaded is thrown outside of
// the promise, where the page hears of it.
importScripts("worker.js");
wasm_bindgen({ module_or_path: "worker_bg.wasm" }).catch((error) => {
  setTimeout(() => {
    throw error;
  });
});
