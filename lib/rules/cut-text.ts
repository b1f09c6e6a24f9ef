const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Text for people, of at most `most` UTF-16 code units (how both sides count), never cut inside a character that is
 * written with several of them. Not for numbers: those are refused where they are too long, never cut.
 */
export function cutText(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  for (const { index, segment } of graphemes.segment(text.slice(0, most + longestGrapheme))) {
    if (index + segment.length > most) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}

/** Longer ones (a base letter with dozens of marks) are cut between two of their marks at worst, never kept whole. */
const longestGrapheme = 64;
