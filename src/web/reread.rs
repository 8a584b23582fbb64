//! Records once more, from where they came from. Remembers nothing.
use super::Error;
use super::raw::{all_of, ask, body_of, stream_of};
use super::source::{Opened, Origin};
use super::task::Cancel;

/// The bytes of one record, read again from where they came from: `len` bytes of text at `offset`.
/// Of a file only they are read, and so of an address whose server has ranges. What is compressed is
/// decompressed again from its start.
///
/// # Errors
/// When the origin cannot be read any more, or has become shorter.
pub async fn read_span(
    origin: &Origin,
    is_plain: bool,
    offset: u64,
    len: u32,
) -> Result<Vec<u8>, Error> {
    let end = offset + u64::from(len);
    let part = match origin {
        Origin::File { file, .. } if is_plain => {
            let part = file.slice_with_f64_and_f64(offset as f64, end as f64);
            let part = part.map_err(|_| Error::Changed(origin.name()))?;
            Some(all_of(stream_of(&part)?, &origin.name()).await?)
        }
        Origin::Address(address) if is_plain => range_of(address, offset, end).await,
        _ => None,
    };
    match part.filter(|part| part.len() == len as usize) {
        Some(part) => Ok(part),
        None => stream_span(origin, offset, len as usize).await,
    }
}

/// The bytes from `offset` to before `end`, where the server gives no more than these.
async fn range_of(address: &str, offset: u64, end: u64) -> Option<Vec<u8>> {
    let range = format!("bytes={offset}-{}", end.saturating_sub(1));
    let cancel = Cancel::new();
    let answer = ask(address, Some(range), &cancel).await.ok()?;
    let is_part = answer.status() == 206 && answer.headers().get("content-encoding").is_none();
    if is_part {
        all_of(body_of(&answer, address).ok()?, address).await.ok()
    } else {
        cancel.cancel();
        None
    }
}

async fn stream_span(origin: &Origin, offset: u64, len: usize) -> Result<Vec<u8>, Error> {
    let mut opened = Opened::open(origin, &Cancel::new()).await?;
    let (mut at, mut record) = (0, Vec::with_capacity(len));
    while record.len() < len {
        let Some(slice) = opened.next().await?.map(|slice| slice.to_vec()) else {
            return Err(Error::Changed(origin.name()));
        };
        let from = offset.saturating_sub(at).min(slice.len() as u64) as usize;
        let n = (len - record.len()).min(slice.len() - from);
        record.extend_from_slice(&slice[from..from + n]);
        at += slice.len() as u64;
    }
    Ok(record)
}

/// The bytes of several records of one origin, in the order of `spans` (offset and length), which ascends
/// and does not overlap; the origin is read once, up to the last of them.
///
/// # Errors
/// When the origin cannot be read any more, or has become shorter.
pub async fn read_spans(origin: &Origin, spans: &[(u64, u32)]) -> Result<Vec<Vec<u8>>, Error> {
    let mut opened = Opened::open(origin, &Cancel::new()).await?;
    let mut records: Vec<Vec<u8>> = Vec::with_capacity(spans.len());
    let (mut slice, mut slice_at) = (Vec::new(), 0_u64);
    for &(offset, len) in spans {
        let mut record = Vec::with_capacity(len as usize);
        while record.len() < len as usize {
            let from = offset + record.len() as u64 - slice_at;
            let rest = usize::try_from(from).ok().and_then(|from| slice.get(from..));
            if let Some(rest) = rest.filter(|rest: &&[u8]| !rest.is_empty()) {
                record.extend(rest.iter().take(len as usize - record.len()));
                continue;
            }
            slice_at += slice.len() as u64;
            let Some(next) = opened.next().await? else {
                return Err(Error::Changed(origin.name()));
            };
            slice = next.to_vec();
        }
        records.push(record);
    }
    Ok(records)
}
