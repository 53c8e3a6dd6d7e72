export const en = {
  'caution.sinks':
    'A token that is read much need not matter: a head with nothing to do rests somewhere. “What masking each sink does”, in this tool, masks each of them and measures the answers.',
  'caution.rollout':
    'Rollout follows attention and takes values, feed-forward layers and the sign of what is added for nothing: it is no cause. “Hide, mask, remove” runs the model without a token.',
  strip:
    'Every chip is one position of the sequence that the model reads: its token, and beneath it its number in the vocabulary (#), its position (@) and its segment (A, B). Colours tell the kinds of special tokens.',
  'strip.symbols':
    'W, P, S: trained vectors of the token, of the position and of the segment; x: what the first layer reads. Models without segments or with turned positions leave out theirs.',
  readouts:
    'What the model answers with the tokens as they stand: the likeliest words under each [MASK], and the answer of each head that reads one row. Bars are probabilities; a pale mark is the answer before the last edit.',
  'readouts.symbols':
    'z: logits of the classes or words c; h: hidden state of row r, the [MASK]’s own or the one that stands for the sentence; f, W, b: the head’s trained weights.',
  'tool.attention':
    'Who gets how much of the attention of the whole run: in sentences what stands out, in charts the shares by kind of token, how widely each head reads, and the token that each head reads most.',
  'tool.attention.symbols':
    'A: a head’s map; Q: queries that read anything; r: the part of all attention of the head that lands on token j.',
  shares:
    'One bar a layer, the mean of its heads: how the attention is shared out among the kinds of tokens. Each bar adds up to 100 %.',
  'shares.symbols': 'g: a kind of token; r: the part of a head’s attention that token j gets; H: heads of the layer.',
  entropies:
    'Layers down, heads across: how widely a head reads, in bits; the darker, the wider. The scale ends where all tokens are read alike.',
  'entropies.symbols':
    'A: the head’s map; Q: queries that read anything; n: tokens that can be read; 2ᴱ: as many tokens read alike.',
  sinks:
    'Layers down, heads across: the token that the head reads most, and the part of its attention that goes there. From one half on it is called a sink.',
  'sinks.symbols':
    'r: the part of a head’s attention that token j gets, the mean over its queries Q; j*: the token named in the cell.',
  'sink-checks':
    'A line for each token that some head reads most: in how many heads, with what share of all attention, and what masking it does: how far the answer that moved most went, and how far the other tokens turned.',
  'sink-checks.symbols':
    'r: share of attention; m = 0: the run with the token masked; p: an answer; h: last hidden states of the other tokens, whose turn t is averaged.',
  rollout:
    'Rows are outputs of the last layer, columns tokens of the input: how much of each output comes from which token if attention alone carried it and every layer kept half of what was there. Each row adds up to 1.',
  'rollout.symbols':
    'A: map of head h in layer l; I: the residual stream; rows₌₁: each row divided by its sum; H: heads.',
  'tool.norms':
    'One bar a token: how long its hidden state is at the chosen depth, in the model’s own units. Marked are those that stand out from the others.',
  'tool.norms.symbols':
    'h: hidden state of token t; n: its Euclidean length; med: median over the tokens. 1.4826 makes the deviation that of a normal distribution.',
  'tool.silence':
    'Four runs beside one another: the selected tokens as they are, hidden, masked and removed; each answer with its probability and how far it moved.',
  'tool.silence.symbols':
    'p: the answer’s distribution with the tokens as they are, p′: without them; d: 0 the same, 1 nothing in common. Hidden always gives 0.',
  'tool.ablation':
    'Switches for every head, and the answers with all heads on beside those with some off; on a button each head is switched off alone, and the darker its cell, the further an answer moved.',
  'tool.ablation.symbols':
    'A, V, W: a head’s attention, values and output weights; g = 0: the head gives zeros; p, p′: an answer with all heads and without some; d: of the answer that moved most.',
  'tool.mlm':
    'Words are hidden as in training, and a table says for each what stood there, its rank and its probability by the model; above it how often it was right, and the perplexity.',
  'tool.mlm.symbols':
    'M: predicted tokens with a known word w; p: its probability, all of them hidden at once (a pseudo-perplexity hides one at a time); PPL 1: always sure and right.',
  'tool.unk':
    'How the vocabulary covers the text: pieces, words and unknowns; and for each unknown the words that the model expects in its place, with their probabilities.',
  'tool.unk.symbols': '#: number of; words: what stands between white space; a rate of 1: every word is one piece.',
  'tool.pad':
    'Three runs: without padding, with PAD masked, and with PAD readable; each answer with how far it moved, and the part of the text’s attention that PAD takes.',
  'tool.pad.symbols':
    'A: attention, summed over the heads h of layer l; i: queries that are not PAD; p, p′: an answer without and with padding; with the mask the leak is exactly 0.',
  'tool.pooling':
    'Each sentence becomes one vector, in four ways; a square for each way says how alike the sentences are, from −1 to 1, its two colours from the middle.',
  'tool.pooling.symbols':
    'h: last hidden states; t: content tokens, n of them; α: what [CLS] reads of them in the last layer, the mean of the heads, adding up to 1. On request the mean of all sentences is subtracted first.',
}
