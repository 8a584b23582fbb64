//! A program as wasm-bindgen leaves it, by index.
use std::collections::{BTreeMap, BTreeSet};

use wasmparser::{
    CustomSectionReader, DataSectionReader, Element, ElementItems, ElementKind, Export,
    ExternalKind, FromReader, FunctionBody, Global, Import, KnownCustom, MemoryType, Operator,
    Parser, Payload, SectionLimited, Table, TypeRef, TypeSectionReader,
};

use crate::{Result, function_names};

/// What wasm-bindgen adds to the name of a function that it wraps.
const SHIM: &str = " externref shim";

/// The sections, taken apart as far as they are cut.
#[derive(Default)]
pub struct Program<'a> {
    pub types: Option<TypeSectionReader<'a>>,
    pub imports: Vec<Import<'a>>,
    pub tables: Vec<Table<'a>>,
    pub memories: Vec<MemoryType>,
    pub globals: Vec<Global<'a>>,
    pub exports: Vec<Export<'a>>,
    pub start: Option<u32>,
    /// Stretches of the table of functions: the first entry, and what it and those after it hold.
    pub elements: Vec<(u32, Vec<u32>)>,
    pub data: Option<DataSectionReader<'a>>,
    /// Which features of WebAssembly are used.
    pub features: Vec<CustomSectionReader<'a>>,
    /// The names of functions.
    pub names: BTreeMap<u32, &'a str>,
    /// The functions that must stay: something outside of the code calls them.
    pub pinned: BTreeSet<u32>,
    /// The type of each function, the imported ones first.
    functions: Vec<u32>,
    bodies: Vec<FunctionBody<'a>>,
}

impl<'a> Program<'a> {
    /// Takes `wasm` apart.
    pub fn read(wasm: &'a [u8]) -> Result<Self> {
        let mut program = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            match payload? {
                Payload::TypeSection(section) => program.types = Some(section),
                Payload::ImportSection(section) => {
                    for import in section.into_imports() {
                        program.read_import(import?)?;
                    }
                }
                Payload::FunctionSection(section) => {
                    for ty in section {
                        program.functions.push(ty?);
                    }
                }
                Payload::TableSection(section) => program.tables = list(section)?,
                Payload::MemorySection(section) => program.memories = list(section)?,
                Payload::GlobalSection(section) => program.globals = list(section)?,
                Payload::ExportSection(section) => program.exports = list(section)?,
                Payload::StartSection { func, .. } => program.start = Some(func),
                Payload::ElementSection(section) => {
                    for element in section {
                        program.read_element(element?)?;
                    }
                }
                Payload::CodeSectionEntry(body) => program.bodies.push(body),
                Payload::DataSection(section) => program.data = Some(section),
                Payload::CustomSection(section) => match section.as_known() {
                    KnownCustom::Name(reader) => {
                        program.names = function_names(Some(reader))?.into_iter().collect();
                    }
                    _ if section.name() == "target_features" => program.features.push(section),
                    _ => {}
                },
                _ => {}
            }
        }
        program.pinned.extend(program.start);
        let exported = program.exports.iter().filter(|export| export.kind == ExternalKind::Func);
        program.pinned.extend(exported.map(|export| export.index));
        Ok(program)
    }

    fn read_import(&mut self, import: Import<'a>) -> Result<()> {
        let TypeRef::Func(ty) = import.ty else {
            return Err(format!("the import {} is no function", import.name).into());
        };
        self.functions.push(ty);
        self.imports.push(import);
        Ok(())
    }

    fn read_element(&mut self, element: Element<'a>) -> Result<()> {
        let ElementKind::Active { table_index: None | Some(0), offset_expr } = element.kind else {
            return Err("a segment of elements that is not put into the table of functions".into());
        };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            return Err("a segment of elements whose place is reckoned".into());
        };
        let ElementItems::Functions(functions) = element.items else {
            return Err("a segment of elements that is no list of functions".into());
        };
        let functions = functions.into_iter().collect::<std::result::Result<Vec<_>, _>>()?;
        self.elements.push((value.cast_unsigned(), functions));
        Ok(())
    }

    /// How many functions are imported.
    pub fn imported(&self) -> u32 {
        self.imports.len() as u32
    }

    /// The functions that are not imported, in order.
    pub fn defined(&self) -> impl Iterator<Item = u32> + use<> {
        self.imported()..self.functions.len() as u32
    }

    /// The names that the linker gave to those that something outside of the code calls.
    pub fn pinned_names(&self) -> BTreeSet<&'a str> {
        let named = |function| self.names.get(function).copied();
        self.pinned
            .iter()
            .filter_map(named)
            .map(|name| name.strip_suffix(SHIM).unwrap_or(name))
            .collect()
    }

    /// The type of a function.
    pub fn type_of(&self, function: u32) -> Result<u32> {
        Ok(*self.functions.get(function as usize).ok_or("a function without a type")?)
    }

    /// What a function does.
    pub fn body(&self, function: u32) -> Result<FunctionBody<'a>> {
        let row =
            function.checked_sub(self.imported()).ok_or("an imported function has no body")?;
        Ok(self.bodies.get(row as usize).ok_or("a function without a body")?.clone())
    }

    /// Whom a function calls by name.
    pub fn calls(&self, function: u32) -> Result<BTreeSet<u32>> {
        let mut calls = BTreeSet::new();
        for operator in self.body(function)?.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index }
                | Operator::ReturnCall { function_index }
                | Operator::RefFunc { function_index } => {
                    calls.insert(function_index);
                }
                _ => {}
            }
        }
        Ok(calls)
    }

    /// The first entry after the last one of the table of functions.
    pub fn entries_end(&self) -> Result<u32> {
        let table = self.tables.first().ok_or("no table of functions")?;
        Ok(u32::try_from(table.ty.initial)?)
    }
}

fn list<'a, T: FromReader<'a>>(section: SectionLimited<'a, T>) -> Result<Vec<T>> {
    Ok(section.into_iter().collect::<std::result::Result<_, _>>()?)
}
