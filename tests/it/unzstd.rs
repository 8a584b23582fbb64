//! zstd, whatever the cuts: real frames of the reference program, frames made by hand, and damage.
use crate::random_logs::cases;
use lineage::unzstd::{Step, Unzstd, ZstdError};
use proptest::prelude::*;
use proptest::sample::Index;

const PLAIN: &[u8] = include_bytes!("../logs/gamma.ndjson");
/// `zstd -19 --check`, from a pipe.
const ZST: &[u8] = include_bytes!("../logs/zstd/gamma.ndjson.zst");
/// Two frames of the halves, with a frame to be skipped in front and between.
const FRAMES: &[u8] = include_bytes!("../logs/zstd/gamma.frames.zst");
/// `zstd --ultra --long=31`.
const LONG: &[u8] = include_bytes!("../logs/zstd/gamma.long.zst");

/// All text that comes of the slices, and how it ended.
fn read<'a>(slices: impl IntoIterator<Item = &'a [u8]>) -> (Vec<u8>, Result<(), ZstdError>) {
    let (mut unzstd, mut text, mut all) = (Unzstd::default(), Vec::new(), Vec::new());
    let mut slices = slices.into_iter();
    loop {
        match unzstd.next(&mut text) {
            Ok(Step::Text) => all.extend_from_slice(&text),
            Ok(Step::Hungry) => match slices.next() {
                Some(slice) => unzstd.push(slice),
                None => unzstd.finish(),
            },
            Ok(Step::End) => return (all, Ok(())),
            Err(error) => return (all, Err(error)),
        }
    }
}

/// A frame of raw blocks, which needs no compressor: no checksum, a window of 8 KiB.
fn raw_frame(blocks: &[&[u8]]) -> Vec<u8> {
    let mut frame = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0x18];
    for (at, block) in blocks.iter().enumerate() {
        let is_last = u32::from(at + 1 == blocks.len());
        frame.extend_from_slice(&(is_last | (block.len() as u32) << 3).to_le_bytes()[..3]);
        frame.extend_from_slice(block);
    }
    frame
}

#[test]
fn what_the_reference_program_writes_is_read() {
    for zst in [ZST, FRAMES] {
        let (text, end) = read([zst]);
        assert_eq!(end, Ok(()));
        assert!(text == PLAIN);
    }
    assert_eq!(read([]), (Vec::new(), Ok(())));
}

#[test]
fn what_is_refused_is_named() {
    // The header of a frame that needs the dictionary 5.
    let dictionary = b"\x28\xb5\x2f\xfd\x01\x00\x05\x01\x00\x00";
    assert_eq!(read([dictionary.as_slice()]).1, Err(ZstdError::Dictionary));
    assert_eq!(read([LONG]).1, Err(ZstdError::Window));
    assert_eq!(read([b"no zstd".as_slice()]).1, Err(ZstdError::Damaged));
    let mut wrong = ZST.to_vec();
    *wrong.last_mut().unwrap() ^= 1;
    assert_eq!(read([wrong.as_slice()]), (PLAIN.to_vec(), Err(ZstdError::Damaged)));
    for error in [ZstdError::Cut, ZstdError::Damaged, ZstdError::Dictionary, ZstdError::Window] {
        assert_eq!(ZstdError::of_word(error.word()), Some(error));
    }
}

/// A block that stands for 128 KiB in four bytes, over and over: the text comes in pieces.
#[test]
fn a_bomb_comes_in_pieces() {
    let mut bomb = vec![0x28, 0xb5, 0x2f, 0xfd, 0, 0x38];
    let block = |is_last: u32| (is_last | 1 << 1 | (128 << 10) << 3).to_le_bytes();
    for at in 0..1_000_u32 {
        bomb.extend_from_slice(&block(u32::from(at == 999))[..3]);
        bomb.push(b'x');
    }
    let (mut unzstd, mut text, mut n_bytes) = (Unzstd::default(), Vec::new(), 0);
    unzstd.push(&bomb);
    unzstd.finish();
    while unzstd.next(&mut text).unwrap() == Step::Text {
        assert!(text.len() <= 1 << 20, "{} at once", text.len());
        n_bytes += text.len();
    }
    assert_eq!(n_bytes, 1_000 * (128 << 10));
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn cuts_do_not_show(mut cuts in prop::collection::vec(any::<Index>(), 0..8), is_of_frames: bool) {
        let zst = if is_of_frames { FRAMES } else { ZST };
        cuts.sort_by_key(|cut| cut.index(zst.len()));
        let mut slices = Vec::new();
        let mut from = 0;
        for cut in cuts.iter().map(|cut| cut.index(zst.len())).chain([zst.len()]) {
            slices.push(&zst[from..cut]);
            from = cut;
        }
        prop_assert_eq!(read(slices), (PLAIN.to_vec(), Ok(())));
    }

    #[test]
    fn what_ends_early_says_so(at in any::<Index>()) {
        let at = at.index(ZST.len());
        let (text, end) = read([&ZST[..at]]);
        prop_assert!(PLAIN.starts_with(&text));
        prop_assert_eq!(end, if at == 0 { Ok(()) } else { Err(ZstdError::Cut) });
    }

    #[test]
    fn raw_blocks_are_their_own_text(
        blocks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..3_000), 1..6),
        n_slice in 1_usize..5_000,
    ) {
        let parts: Vec<&[u8]> = blocks.iter().map(Vec::as_slice).collect();
        let frame = raw_frame(&parts);
        prop_assert_eq!(read(frame.chunks(n_slice)), (blocks.concat(), Ok(())));
    }
}
