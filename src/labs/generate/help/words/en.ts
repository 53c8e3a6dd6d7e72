export const en = {
  'caution.checked':
    'What is read is not yet why: beside each share stands what masking that key does to the next token, and their rank correlation says how far the two agree.',
  'caution.start':
    'That all heads read the first token does not mean that the text needs it: here it is masked, removed and replaced, and the perplexity of the text measured.',
  strip:
    'Every chip is one token that the model reads: the prompt, then what it wrote; beneath it its number (#) and its position (@).',
  'strip.symbols':
    'W, P: trained vectors of the token and of its position; a Llama has no P and turns queries and keys instead.',
  readouts:
    'What may come next: bars are the model’s own probabilities over the whole vocabulary, the right column those it is drawn by; under them the seed, its number, and the interval that the number fell into.',
  'readouts.symbols':
    'z: logits of the last row; u: number of the seed, from 0 to 1; F: the probabilities after all stages added up, the largest first.',
  'tool.sampling':
    'The draw stage by stage, each over the whole vocabulary: how many tokens are left, what was cut off, how open the choice still is; then the line from 0 to 1 with the drawn number on it.',
  'tool.sampling.symbols':
    'z: logits; θ: repetition penalty, for tokens that are there already; τ: temperature; P, μ: thresholds of top-p and min-p; entropy in bits, and 2 to its power as many equal choices.',
  'tool.steps':
    'Every token of the text with the probability and the rank that the model gave it before it was there, how open the choice was, and how likely the end.',
  'tool.steps.symbols':
    'w: tokens; p: over the whole vocabulary, before any stage of sampling; entropy in bits; PPL 1: always sure and right.',
  'tool.beams':
    'A beam search as a tree: a node is a token, beneath it its score; the thick way is the best text, short ends are continuations that were cut. The penalty orders again what was found.',
  'tool.beams.symbols': 'w: new tokens, n of them, with or without the end; α: length penalty; α = 0: the sum itself.',
  'tool.end':
    'How likely the text is to end at every step, by the model and under your rules, and where it would stop on average; then many samples, without the rules and with them.',
  'tool.end.symbols':
    'e: probability of the end tokens at step t; t̄: of texts that stop within the steps; distinct-n: different n-grams of all n-grams; repetition-4: share of 4-grams that were there before.',
  'tool.reads':
    'A line for each key: what the token reads of it, the mean over layers, and what masking it does to the token that comes next, in bits.',
  'tool.reads.symbols':
    'p: distribution of the next token; m = 0: the run with key j masked; ā: attention to it; ρ: Spearman’s correlation over the keys.',
  'tool.lens':
    'What the model would say if it stopped there: rows are points in the stack, the output on top, columns tokens; a cell shows the likeliest next token, the darker, the surer. Below, the ranks of the words that lead anywhere.',
  'tool.lens.symbols':
    'h: what stands after each half of layer l; norm: the last layer’s norm; W: the head over the vocabulary. The top row is the output itself.',
  'tool.cache':
    'Which rows this run computed and which it kept, and, measured here, the time of the next row alone against that of all rows.',
  'tool.cache.symbols': '2: keys and values; L: layers; H: heads; d: width of a head; T: tokens.',
  'tool.start':
    'The first token as it is, hidden, masked, doubled, as zeros, mean or noise, removed and replaced: what it is read, the perplexity of the text, and how long its values are; then where the freed attention went.',
  'tool.start.symbols':
    'A: attention of a head; s: the first token’s share, the mean over later queries; v: its value vector; w: tokens of the text behind it.',
  'tool.window':
    'The loss at every position with all keys, with the last few alone, and with the first ones besides: three lines, in nats.',
  'tool.window.symbols':
    'w: the token at position t; W: keys in the window, itself included; k: first tokens that are kept beside it.',
  'tool.cell':
    'One cell of the causal mask turned round: which rows can then see their own answer, the loss at every position before and after, and what the reader says now.',
  'tool.cell.symbols': 'p, p′: distribution of the next token before and after; D: in bits; ℓ: loss in nats.',
  'tool.compare':
    'The pinned branch beside the newest one, row by row: where the texts part, and how far apart their next tokens are, in bits; then both maps and their difference.',
  'tool.compare.symbols':
    'p, p′: distribution of the next token in the pinned and in the newest run; A: attention of the chosen head.',
}
