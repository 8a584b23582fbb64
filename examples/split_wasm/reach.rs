//! What a program can reach before it passes a gate: read off what the linker noted of its output,
//! so that functions that are only called through a pointer (closures, drops) are found as well.
//! Names are all that it hands on: later steps give the functions other numbers.
//!
//! Source: "WebAssembly Object File Linking", of WebAssembly's tool conventions.
use std::collections::{BTreeSet, HashMap};

use wasmparser::{
    DefinedDataSymbol, KnownCustom, Linking, LinkingSectionReader, Parser, Payload,
    RelocSectionReader, SymbolInfo,
};

use crate::{Result, function_names};

/// A function, or a piece of data: a row of [`Linked::names`].
type Node = usize;

/// The linker's output, as the things in it that point to each other.
#[derive(Default)]
pub struct Linked<'a> {
    /// By node; empty for data.
    names: Vec<&'a str>,
    /// By node: those whose address it holds, or that it calls.
    points_to: Vec<Vec<Node>>,
    /// By symbol; none for what is neither.
    symbols: Vec<Option<Node>>,
    functions: HashMap<u32, Node>,
}

/// Where things lie in the file.
#[derive(Default)]
struct Places {
    code_start: u64,
    data_start: u64,
    /// By segment of data: where its bytes start.
    segments: Vec<u64>,
    /// Start and end of each function and each piece of data.
    spans: Vec<(u64, u64, Node)>,
}

impl<'a> Linked<'a> {
    /// Reads `wasm`, which must be linked with `--emit-relocs`.
    pub fn read(wasm: &'a [u8]) -> Result<Self> {
        let mut linked = Self::default();
        let mut places = Places::default();
        let mut linking = None;
        let mut names = None;
        let mut relocs = Vec::new();
        let mut bodies = Vec::new();
        let mut imported = 0;
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        imported += u32::from(matches!(import?.ty, wasmparser::TypeRef::Func(_)));
                    }
                }
                Payload::CodeSectionStart { unchecked_range, .. } => {
                    places.code_start = unchecked_range.start;
                }
                Payload::CodeSectionEntry(body) => bodies.push(body.range()),
                Payload::DataSection(section) => {
                    places.data_start = section.range().start;
                    for data in section {
                        let data = data?;
                        places.segments.push(data.range.end - data.data.len() as u64);
                    }
                }
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Linking(reader) => linking = Some(reader),
                    KnownCustom::Reloc(reader) => relocs.push((section.name(), reader)),
                    KnownCustom::Name(reader) => names = Some(reader),
                    _ => {}
                },
                _ => {}
            }
        }
        for (index, name) in function_names(names)? {
            let node = linked.function(index);
            linked.names[node] = name;
        }
        linked.read_symbols(linking.ok_or("no symbols: link with --emit-relocs")?, &mut places)?;
        for (row, range) in bodies.into_iter().enumerate() {
            let node = linked.function(imported + u32::try_from(row)?);
            places.spans.push((range.start, range.end, node));
        }
        places.spans.sort_unstable();
        for (section, reader) in relocs {
            linked.read_relocations(section, reader, &places)?;
        }
        Ok(linked)
    }

    /// The names of all that is reached from the functions named `roots`, itself among them, without
    /// passing one that `is_gate`.
    pub fn reached(
        &self,
        roots: &BTreeSet<&str>,
        is_gate: impl Fn(&str) -> bool,
    ) -> BTreeSet<&'a str> {
        let mut is_reached = vec![false; self.names.len()];
        let mut todo: Vec<Node> =
            (0..self.names.len()).filter(|node| roots.contains(self.names[*node])).collect();
        while let Some(node) = todo.pop() {
            if is_gate(self.names[node]) || std::mem::replace(&mut is_reached[node], true) {
                continue;
            }
            todo.extend(&self.points_to[node]);
        }
        (0..self.names.len())
            .filter(|node| is_reached[*node])
            .map(|node| self.names[node])
            .collect()
    }

    /// The names of all functions. One that two share is left out: it says nothing of either.
    pub fn names(&self) -> BTreeSet<&'a str> {
        let mut times: HashMap<&str, usize> = HashMap::new();
        self.names.iter().for_each(|name| *times.entry(name).or_default() += 1);
        times
            .into_iter()
            .filter(|(name, times)| !name.is_empty() && *times == 1)
            .map(|(name, _)| name)
            .collect()
    }

    fn read_symbols(
        &mut self,
        reader: LinkingSectionReader<'a>,
        places: &mut Places,
    ) -> Result<()> {
        for part in reader.subsections() {
            let Linking::SymbolTable(table) = part? else { continue };
            for symbol in table {
                let node = match symbol? {
                    SymbolInfo::Func { index, .. } => Some(self.function(index)),
                    SymbolInfo::Data {
                        symbol: Some(DefinedDataSymbol { index, offset, size }),
                        ..
                    } => {
                        let node = self.node();
                        let start = places.segments[index as usize] + u64::from(offset);
                        places.spans.push((start, start + u64::from(size), node));
                        Some(node)
                    }
                    _ => None,
                };
                self.symbols.push(node);
            }
        }
        Ok(())
    }

    fn read_relocations(
        &mut self,
        section: &str,
        reader: RelocSectionReader<'a>,
        places: &Places,
    ) -> Result<()> {
        let start = match section {
            "reloc.CODE" => places.code_start,
            "reloc.DATA" => places.data_start,
            _ => return Ok(()),
        };
        for entry in reader.entries() {
            let entry = entry?;
            let Some(Some(to)) = self.symbols.get(entry.index as usize).copied() else { continue };
            let from = places.holder(start + u64::from(entry.offset));
            let from = from.ok_or_else(|| format!("a relocation of {section} is in nothing"))?;
            self.points_to[from].push(to);
        }
        Ok(())
    }

    fn function(&mut self, index: u32) -> Node {
        if let Some(node) = self.functions.get(&index) {
            return *node;
        }
        let node = self.node();
        self.functions.insert(index, node);
        node
    }

    fn node(&mut self) -> Node {
        self.names.push("");
        self.points_to.push(Vec::new());
        self.names.len() - 1
    }
}

impl Places {
    /// What the byte at `place` is part of: of pieces of data that lie in each other, the last one.
    fn holder(&self, place: u64) -> Option<Node> {
        let until = self.spans.partition_point(|(start, ..)| *start <= place);
        self.spans[..until]
            .iter()
            .rev()
            .take(64)
            .find(|(_, end, _)| place < *end)
            .map(|(.., node)| *node)
    }
}
