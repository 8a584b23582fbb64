//! The list of records that could not be used, as a file to keep: every listed record on one line.
use std::collections::BTreeMap;
use std::fmt::Write;

use crate::events::{Listed, Notice, NoticeClass, Notices};

/// What a report is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With a heading; RFC 4180.
    Csv,
    /// One JSON object a line.
    Ndjson,
}

/// The report, in the order of the log's reading. `inputs` are the names of the log's inputs. Reason
/// and excerpt are those of the first records of each class, and empty for the others; what is not
/// even listed is one last line with its count.
pub fn report(notices: &Notices, inputs: &[&str], format: Format) -> String {
    let samples = samples_by_place(notices);
    let mut out = String::new();
    if format == Format::Csv {
        out.push_str("class,input,line,offset,bytes,reason,excerpt\r\n");
    }
    for listed in &notices.listed {
        let sample = samples.get(&(listed.place.input(), listed.place.offset(), listed.class));
        line(&mut out, listed, sample.copied(), inputs, format);
    }
    if notices.n_unlisted > 0 {
        let said = format!("{} more are not listed", notices.n_unlisted);
        match format {
            Format::Csv => write_csv(&mut out, &[&said, "", "", "", "", "", ""]),
            Format::Ndjson => write_json(&mut out, &[("not_listed", &notices.n_unlisted.into())]),
        }
    }
    out
}

type Samples<'a> = BTreeMap<(u16, u64, NoticeClass), &'a Notice>;

fn samples_by_place(notices: &Notices) -> Samples<'_> {
    let key = |class, notice: &Notice| (notice.span.input, notice.span.offset, class);
    let of_class = |class| {
        let samples = notices.class(class).samples.iter();
        samples.map(move |notice| (key(class, notice), notice))
    };
    NoticeClass::ALL.into_iter().flat_map(of_class).collect()
}

fn line(
    out: &mut String,
    listed: &Listed,
    sample: Option<&Notice>,
    inputs: &[&str],
    format: Format,
) {
    let input = inputs.get(usize::from(listed.place.input())).copied().unwrap_or_default();
    let (class, offset) = (listed.class.name(), listed.place.offset());
    let reason = sample.map_or("", |notice| notice.reason.as_str());
    let excerpt = sample.map_or("", |notice| notice.excerpt.as_str());
    match format {
        Format::Csv => {
            let numbers = [listed.line, offset, u64::from(listed.len)].map(|n| n.to_string());
            let [line, offset, len] = &numbers;
            write_csv(out, &[class, input, line, offset, len, reason, excerpt]);
        }
        Format::Ndjson => write_json(
            out,
            &[
                ("class", &class.into()),
                ("input", &input.into()),
                ("line", &listed.line.into()),
                ("offset", &offset.into()),
                ("bytes", &listed.len.into()),
                ("reason", &reason.into()),
                ("excerpt", &excerpt.into()),
            ],
        ),
    }
}

/// A value that a sheet would take for a formula is led by a quote.
fn write_csv(out: &mut String, values: &[&str]) {
    for (i, value) in values.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        let guard = if value.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        if guard.is_empty() && !value.contains(['"', ',', '\n', '\r']) {
            out.push_str(value);
        } else {
            // Writing to a string does not fail.
            let _ = write!(out, "\"{guard}{}\"", value.replace('"', "\"\""));
        }
    }
    out.push_str("\r\n");
}

fn write_json(out: &mut String, values: &[(&str, &serde_json::Value)]) {
    out.push('{');
    for (i, (key, value)) in values.iter().enumerate() {
        let comma = if i > 0 { "," } else { "" };
        // Writing to a string does not fail.
        let _ = write!(out, "{comma}\"{key}\":{value}");
    }
    out.push_str("}\n");
}
