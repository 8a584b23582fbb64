//! Two modules of one. The rest imports the memory, the tables, the globals and the functions that
//! it calls from the first; the first calls the rest through its table of functions, whose entries
//! the rest fills in when it is instantiated. Until then they lead to a trap.
use std::collections::{BTreeMap, BTreeSet};

use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, DataSection, ElementSection, Elements, EntityType, ExportKind,
    ExportSection, Function, FunctionSection, GlobalSection, ImportSection, Instruction,
    MemorySection, Module, StartSection, TableSection, TypeSection,
};
use wasmparser::{FunctionBody, Operator};

use crate::Result;
use crate::program::Program;

/// What the rest calls the module of its imports.
const FIRST: &str = "first";

/// A program, and how it is cut.
pub struct Cut<'p, 'a> {
    program: &'p Program<'a>,
    /// The functions that move, in order.
    moved: BTreeSet<u32>,
    /// The entry of the table by which the first half calls a function of the rest.
    slots: BTreeMap<u32, u32>,
    /// The functions of the first half that the rest calls, in order.
    shared: BTreeSet<u32>,
    /// How many entries the table of functions has.
    entries: u32,
}

/// The indices of functions in one of the halves.
struct Renumbered<'c, 'p, 'a> {
    cut: &'c Cut<'p, 'a>,
    index: BTreeMap<u32, u32>,
    is_first: bool,
}

impl<'p, 'a> Cut<'p, 'a> {
    /// How `program` is cut when the functions named in `deferred` move to the rest. One of them that
    /// a function calls that stays does so only if it `is_gate`; else it stays too.
    pub fn new(
        program: &'p Program<'a>,
        deferred: &BTreeSet<&str>,
        is_gate: impl Fn(&str) -> bool,
    ) -> Result<Self> {
        let named = |function: u32| program.names.get(&function).copied().unwrap_or_default();
        let mut moved: BTreeSet<u32> =
            program.defined().filter(|function| deferred.contains(named(*function))).collect();
        for function in &program.pinned {
            moved.remove(function);
        }
        let mut todo: Vec<u32> =
            program.defined().filter(|function| !moved.contains(function)).collect();
        let mut gates = BTreeSet::new();
        while let Some(function) = todo.pop() {
            for called in program.calls(function)? {
                if is_gate(named(called)) && moved.contains(&called) {
                    gates.insert(called);
                } else if moved.remove(&called) {
                    todo.push(called);
                }
            }
        }
        let mut entries = program.entries_end()?;
        let mut slots = BTreeMap::new();
        for gate in gates {
            slots.insert(gate, entries);
            entries += 1;
        }
        let mut shared = BTreeSet::new();
        for function in &moved {
            shared.extend(
                program.calls(*function)?.into_iter().filter(|called| !moved.contains(called)),
            );
        }
        Ok(Self { program, moved, slots, shared, entries })
    }

    /// What was done, in a line.
    pub fn told(&self) -> String {
        let all = self.program.defined().count();
        let (moved, gates, shared) = (self.moved.len(), self.slots.len(), self.shared.len());
        format!(
            "{moved} of {all} functions moved to the rest, behind {gates} gates; it calls {shared} of the others"
        )
    }

    /// The half that the first paint needs.
    pub fn first(&self) -> Result<Vec<u8>> {
        let program = self.program;
        let stays: Vec<u32> =
            program.defined().filter(|function| !self.moved.contains(function)).collect();
        let index = (0..program.imported()).chain(stays.iter().copied()).zip(0..).collect();
        let trap = program.imported() + u32::try_from(stays.len())?;
        let mut numbers = Renumbered { cut: self, index, is_first: true };

        let mut types = self.types(&mut numbers)?;
        let trap_type = types.len();
        types.ty().function([], []);
        let mut imports = ImportSection::new();
        for import in &program.imports {
            imports.import(import.module, import.name, numbers.entity_type(import.ty)?);
        }
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for function in stays {
            functions.function(program.type_of(function)?);
            numbers.parse_function_body(&mut code, program.body(function)?)?;
        }
        functions.function(trap_type);
        let mut body = Function::new([]);
        body.instruction(&Instruction::Unreachable).instruction(&Instruction::End);
        code.function(&body);
        let mut tables = TableSection::new();
        for (row, table) in program.tables.iter().enumerate() {
            let mut ty = numbers.table_type(table.ty)?;
            if row == 0 {
                ty.minimum = u64::from(self.entries);
                ty.maximum = ty.maximum.map(|most| most.max(ty.minimum));
            }
            tables.table(ty);
        }
        let mut elements = ElementSection::new();
        for (start, entries) in &program.elements {
            let entries: Vec<u32> = entries
                .iter()
                .map(|entry| numbers.index.get(entry).copied().unwrap_or(trap))
                .collect();
            elements.active(
                None,
                &ConstExpr::i32_const((*start).cast_signed()),
                Elements::Functions(entries.into()),
            );
        }
        let traps = vec![trap; self.slots.len()];
        if let Some(start) = self.slots.values().next() {
            elements.active(
                None,
                &ConstExpr::i32_const(start.cast_signed()),
                Elements::Functions(traps.into()),
            );
        }
        let mut data = DataSection::new();
        if let Some(section) = program.data.clone() {
            numbers.parse_data_section(&mut data, section)?;
        }

        let mut module = Module::new();
        module.section(&types).section(&imports).section(&functions).section(&tables);
        module.section(&self.memories(&mut numbers)?).section(&self.globals(&mut numbers)?);
        module.section(&self.exports(&mut numbers)?);
        if let Some(start) = program.start {
            module.section(&StartSection { function_index: numbers.function_index(start)? });
        }
        module.section(&elements).section(&code).section(&data);
        self.features(&mut module);
        Ok(module.finish())
    }

    /// The other half.
    pub fn rest(&self) -> Result<Vec<u8>> {
        let program = self.program;
        let index = self.shared.iter().chain(&self.moved).copied().zip(0..).collect();
        let mut numbers = Renumbered { cut: self, index, is_first: false };
        let mut imports = ImportSection::new();
        for function in &self.shared {
            imports.import(
                FIRST,
                &export_name('f', *function),
                EntityType::Function(program.type_of(*function)?),
            );
        }
        for (row, table) in (0..).zip(&program.tables) {
            let mut ty = numbers.table_type(table.ty)?;
            if row == 0 {
                ty.minimum = u64::from(self.entries);
                ty.maximum = ty.maximum.map(|most| most.max(ty.minimum));
            }
            imports.import(FIRST, &export_name('t', row), EntityType::Table(ty));
        }
        for (row, memory) in (0..).zip(&program.memories) {
            imports.import(
                FIRST,
                &export_name('m', row),
                EntityType::Memory(numbers.memory_type(*memory)?),
            );
        }
        for (row, global) in (0..).zip(&program.globals) {
            imports.import(
                FIRST,
                &export_name('g', row),
                EntityType::Global(numbers.global_type(global.ty)?),
            );
        }
        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for function in &self.moved {
            functions.function(program.type_of(*function)?);
            numbers.parse_function_body(&mut code, program.body(*function)?)?;
        }
        let mut elements = ElementSection::new();
        for (start, entries) in self.runs() {
            let entries = entries.iter().map(|entry| numbers.index[entry]).collect::<Vec<_>>();
            elements.active(
                None,
                &ConstExpr::i32_const(start.cast_signed()),
                Elements::Functions(entries.into()),
            );
        }
        let mut module = Module::new();
        module.section(&self.types(&mut numbers)?).section(&imports).section(&functions);
        module.section(&elements).section(&code);
        self.features(&mut module);
        Ok(module.finish())
    }

    /// The stretches of the table of functions that the rest fills in.
    fn runs(&self) -> Vec<(u32, Vec<u32>)> {
        let mut entries: BTreeMap<u32, u32> =
            self.slots.iter().map(|(function, slot)| (*slot, *function)).collect();
        for (start, functions) in &self.program.elements {
            let here = (*start..).zip(functions.iter().copied());
            entries.extend(here.filter(|(_, function)| self.moved.contains(function)));
        }
        let mut runs: Vec<(u32, Vec<u32>)> = Vec::new();
        for (slot, function) in entries {
            match runs.last_mut() {
                Some((start, run)) if *start as usize + run.len() == slot as usize => {
                    run.push(function);
                }
                _ => runs.push((slot, vec![function])),
            }
        }
        runs
    }

    fn types(&self, numbers: &mut Renumbered) -> Result<TypeSection> {
        let mut types = TypeSection::new();
        if let Some(section) = self.program.types.clone() {
            numbers.parse_type_section(&mut types, section)?;
        }
        Ok(types)
    }

    fn memories(&self, numbers: &mut Renumbered) -> Result<MemorySection> {
        let mut memories = MemorySection::new();
        for memory in &self.program.memories {
            memories.memory(numbers.memory_type(*memory)?);
        }
        Ok(memories)
    }

    fn globals(&self, numbers: &mut Renumbered) -> Result<GlobalSection> {
        let mut globals = GlobalSection::new();
        for global in &self.program.globals {
            numbers.parse_global(&mut globals, global.clone())?;
        }
        Ok(globals)
    }

    /// What the program exports, and what the rest imports.
    fn exports(&self, numbers: &mut Renumbered) -> Result<ExportSection> {
        let mut exports = ExportSection::new();
        for export in &self.program.exports {
            numbers.parse_export(&mut exports, *export)?;
        }
        for function in &self.shared {
            exports.export(
                &export_name('f', *function),
                ExportKind::Func,
                numbers.function_index(*function)?,
            );
        }
        let rows = |count: usize| 0..u32::try_from(count).unwrap_or(u32::MAX);
        for row in rows(self.program.tables.len()) {
            exports.export(&export_name('t', row), ExportKind::Table, row);
        }
        for row in rows(self.program.memories.len()) {
            exports.export(&export_name('m', row), ExportKind::Memory, row);
        }
        for row in rows(self.program.globals.len()) {
            exports.export(&export_name('g', row), ExportKind::Global, row);
        }
        Ok(exports)
    }

    /// What wasm-opt has to know.
    fn features(&self, module: &mut Module) {
        for section in &self.program.features {
            module.section(&wasm_encoder::CustomSection {
                name: section.name().into(),
                data: section.data().into(),
            });
        }
    }
}

/// Short, and no name that anybody else gives.
fn export_name(kind: char, row: u32) -> String {
    format!("{kind}{row:x}")
}

impl Reencode for Renumbered<'_, '_, '_> {
    type Error = std::io::Error;

    fn function_index(&mut self, function: u32) -> std::result::Result<u32, Error<std::io::Error>> {
        self.index
            .get(&function)
            .copied()
            .ok_or_else(|| misplaced(&format!("function {function} is in the other half")))
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: FunctionBody<'_>,
    ) -> std::result::Result<(), Error<std::io::Error>> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            match operators.read()? {
                Operator::Call { function_index }
                    if self.is_first && self.cut.moved.contains(&function_index) =>
                {
                    let slot = self.cut.slots.get(&function_index);
                    let slot = *slot.ok_or_else(|| misplaced("a call past the gates"))?;
                    let type_index = self
                        .cut
                        .program
                        .type_of(function_index)
                        .map_err(|error| misplaced(&error.to_string()))?;
                    function.instruction(&Instruction::I32Const(slot.cast_signed()));
                    function.instruction(&Instruction::CallIndirect { type_index, table_index: 0 });
                }
                operator => {
                    function.instruction(&self.instruction(operator)?);
                }
            }
        }
        code.function(&function);
        Ok(())
    }
}

fn misplaced(what: &str) -> Error<std::io::Error> {
    Error::UserError(std::io::Error::other(what))
}
