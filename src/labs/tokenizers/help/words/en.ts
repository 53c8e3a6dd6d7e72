export const en = {
  strip: 'The sentence as it was typed; underlined are the words that the chosen column cannot write, with the reason.',
  'strip.symbols': '[UNK]: stands for what no token of the vocabulary can spell.',
  change: 'Which columns cut the sentence into another number of pieces since the last edit, and how many are unknown.',
  'change.symbols': 'n: pieces of a column before and after.',
  'columns-panel':
    'One sentence in up to four columns, each cut by its own tokenizer; lines join pieces that share letters.',
  'columns-panel.symbols': 'w: pieces; V: the column’s vocabulary.',
  readouts: 'The columns in numbers: pieces, unknown ones, pieces a word, letters and bytes a piece.',
  'readouts.symbols': 'fertility 1: every word is one piece.',
  'tool.corpus': 'The text that vocabularies are trained on here; every tenth line is held out and only measured with.',
  'tool.corpus.symbols': 'n: lines.',
  'tool.recipe':
    'How text is prepared before training and reading: letters, accents, what counts as a word, bytes for the unknown.',
  'tool.recipe.symbols': 'NFKC: one form for letters that look alike; a word is what pieces are never joined across.',
  stages: 'The sentence after every part of the chosen column’s tokenizer, from what was typed to words.',
  'stages.symbols': 'f: the parts of its normaliser and pre-tokeniser, in their order.',
  'tool.steps':
    'The training step by step: which pair was merged and the next best, or for Unigram what each round keeps, cuts and costs.',
  'tool.steps.symbols':
    '#: how often it stands in the text; a, b: neighbouring pieces; S(w): all cuts of word w; p: probability of a piece.',
  'tool.columns':
    'What reads the text: tokenizers trained here, a model’s own, or any tokenizer.json; each column is exported as one.',
  'tool.columns.symbols': 'V: the vocabulary; model: word level, WordPiece, BPE or Unigram.',
  'tool.trip':
    'The text that the ids of each column stand for, beside what was typed; the first letter that did not come back is named.',
  'tool.trip.symbols': 'x: the sentence; encode: to ids; decode: back to text.',
  'typed-specials': 'Whether a special token that somebody types becomes the token, by each column.',
  'typed-specials.symbols':
    'parsed: the typed letters are read as the token; text: they are cut like any other letters.',
  'tool.scripts':
    'One sentence in twelve languages: how many pieces each column needs, and how many of them are unknown.',
  'tool.scripts.symbols': 'x: the sentence in language ℓ.',
  'tool.unknown':
    'Every word that becomes [UNK] in the chosen column, with the reason; in the sentence, and in the held-out lines with how often it stands there.',
  'tool.unknown.symbols': 'running words: each as often as it stands in the text.',
  'tool.under':
    'Each unknown word becomes [MASK], and the text model says what it expects there; where the hidden word is one of its tokens, its rank and probability.',
  'tool.under.symbols': 'z: the model’s logits over its own vocabulary; rank 1: it was expected first.',
  'tool.curves':
    'How much a vocabulary covers as it grows: words known, whole words or pieces a word, a line a column, for the trained and the held-out lines.',
  'tool.curves.symbols': 'V: the first k tokens of the vocabulary; w: running words.',
  'tool.lattice':
    'All cuts of one word at once: an arc is a piece that fits, as thick as the share of all cuts that go through it; beside it the best cuts, and cuts drawn by lot.',
  'tool.lattice.symbols':
    'x: a cut, of pieces x₁, x₂, …; p: a piece’s probability; α: 0 draws all alike, 1 by probability.',
  'tool.dropout':
    'The same words cut by BPE while merges are passed over by chance: the drawn cuts, most frequent first, and how many pieces it takes on average.',
  'tool.dropout.symbols': 'p: probability, 0 is plain BPE, 1 leaves single letters.',
}
