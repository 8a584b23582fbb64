//! The table of a picture as a file: every node on a line, in the order of the table.
use crate::facts::TableRow;
use crate::scene::Card;
use crate::summary::{Field, Format, Sheet};

const HEAD: [&str; 10] =
    ["kind", "id", "ref", "name", "which", "exact", "status", "stale", "in", "out"];

/// The file of `rows`; `cards` are those of the picture.
pub fn table_sheet(rows: &[TableRow], cards: &[Card], format: Format) -> String {
    let mut sheet = Sheet::new(&HEAD, format);
    for (row, card) in rows.iter().filter_map(|row| Some((row, cards.get(row.node as usize)?))) {
        let text = |text: &str| Field::Text(text.to_owned());
        sheet.line(&[
            text(card.kind.word()),
            text(&card.id),
            text(card.reference.as_deref().unwrap_or_default()),
            Field::Text(format!("{}{}", card.lead, card.name)),
            text(&card.which),
            text(&card.exact),
            text(card.status.word),
            Field::Number(card.n_stale.into()),
            Field::Number(row.n_in.into()),
            Field::Number(row.n_out.into()),
        ]);
    }
    sheet.finish()
}
