//! Writes a made-up event log to standard output. See `--help`.

mod generator;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use generator::{Layout, Options, Spelling, generate};

const HELP: &str = "\
Writes a made-up event log of databuild to standard output. The same options give the same bytes.

Usage: generate [OPTIONS] > log.ndjson

  --events N       number of events [default: 5000]
  --seed N         any number [default: 7]
  --spelling NAME  proto, camel, nested or row [default: proto]
  --shuffle        out of order
  --array          one JSON array instead of lines
  --help           this text
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help") {
        print!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match parse(&arguments) {
        Ok(options) => write(options),
        Err(problem) => {
            eprintln!("generate: {problem}\n\n{HELP}");
            ExitCode::from(2)
        }
    }
}

fn parse(arguments: &[String]) -> Result<Options, String> {
    let mut options =
        Options { n_events: 5_000, seed: 7, spelling: Spelling::Proto, layout: Layout::default() };
    let mut arguments = arguments.iter();
    while let Some(name) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| format!("{name} needs a value"));
        match name.as_str() {
            "--events" => options.n_events = number(name, value()?)?,
            "--seed" => options.seed = number(name, value()?)?,
            "--spelling" => options.spelling = spelling(value()?)?,
            "--shuffle" => options.layout.shuffle = true,
            "--array" => options.layout.array = true,
            _ => return Err(format!("unknown option {name}")),
        }
    }
    Ok(options)
}

fn number(name: &str, value: &str) -> Result<u64, String> {
    value.parse().map_err(|_| format!("{name} needs a number, not {value}"))
}

fn spelling(value: &str) -> Result<Spelling, String> {
    match value {
        "proto" => Ok(Spelling::Proto),
        "camel" => Ok(Spelling::Camel),
        "nested" => Ok(Spelling::Nested),
        "row" => Ok(Spelling::Row),
        _ => Err(format!("unknown spelling {value}")),
    }
}

/// A reader that has seen enough (`| head`) is no error.
fn write(options: Options) -> ExitCode {
    let mut out = BufWriter::with_capacity(1 << 20, io::stdout().lock());
    match generate(options, &mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            eprintln!("generate: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}
