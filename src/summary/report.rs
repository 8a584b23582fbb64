//! The list of records that could not be used, as a file to keep: every listed record on one line.
use crate::events::{Listed, Notice, Notices};
use crate::summary::{Field, Format, Sheet};

const HEAD: [&str; 7] = ["class", "input", "line", "offset", "bytes", "reason", "excerpt"];

/// The report, in the order of the log's reading. `inputs` are the names of the log's inputs. Reason
/// and excerpt are those of the first records of each class, and empty for the others; what is not
/// even listed is one last line with its count.
pub fn report(notices: &Notices, inputs: &[&str], format: Format) -> String {
    let mut sheet = Sheet::new(&HEAD, format);
    for listed in &notices.listed {
        sheet.line(&cells(listed, sample_of(notices, listed), inputs));
    }
    let n_more = notices.n_unlisted;
    if n_more > 0 {
        sheet.line(&[Field::Text(format!("{n_more} more are not listed"))]);
    }
    sheet.finish()
}

/// What was kept of the record; a class keeps so few that looking through them all is quick.
fn sample_of<'a>(notices: &'a Notices, listed: &Listed) -> Option<&'a Notice> {
    let place = (listed.place.input(), listed.place.offset());
    let mut samples = notices.class(listed.class).samples.iter();
    samples.find(|notice| (notice.span.input, notice.span.offset) == place)
}

fn cells(listed: &Listed, sample: Option<&Notice>, inputs: &[&str]) -> [Field; 7] {
    let text = |text: &str| Field::Text(text.to_owned());
    [
        text(listed.class.name()),
        text(inputs.get(usize::from(listed.place.input())).copied().unwrap_or_default()),
        Field::Number(listed.line),
        Field::Number(listed.place.offset()),
        Field::Number(listed.len.into()),
        text(sample.map_or("", |notice| notice.reason.as_str())),
        text(sample.map_or("", |notice| notice.excerpt.as_str())),
    ]
}
