//! Has the linker note what points to what, where the page is to be cut in two afterwards.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=LINEAGE_CUT");
    if std::env::var_os("LINEAGE_CUT").is_some() {
        println!("cargo::rustc-link-arg-bin=lineage=--emit-relocs");
    }
}
