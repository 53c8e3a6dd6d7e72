export const en = {
  caution:
    'That a sequence reads another is not yet that its answer changes: “Contamination” compares it with the sequence alone.',
  'caution.leak': 'Attention on PAD alone says little: below stands how far the answers move with it.',
  strip:
    'How lines become batches: the strategy, the size of a batch, the side of the padding, and what keeps sequences of one row apart.',
  'strip.symbols': 'n: tokens of sequence s; R, W: rows and width of batch b.',
  change:
    'How many positions the plan took before and takes now, what part of them is useful, and how many batches it is.',
  'change.symbols': 'R, W: rows and width of batch b.',
  'batch-panel':
    'One batch as it goes into the model: a row a line, numbered parts are sequences, the rest is PAD; beneath it all batches of the plan by size.',
  'batch-panel.symbols': 'R, W: rows and width of the batch; n: tokens of sequence s.',
  strategies:
    'The same lines by every strategy: the useful part, the number of batches, the predicted cost and, on a button, the measured one, both over padding to the maximum.',
  'strategies.symbols':
    'P: positions; W: width of a row; L: layers; D: width; F: feed-forward width; embeddings, norms and heads are left out.',
  readouts:
    'What the chosen strategy costs, in numbers; beneath them whether every sequence of the batch gives the same states, logits and loss as alone.',
  'readouts.symbols': 'd: how far a line runs from the place it came in at, of n lines; x: states, logits, loss.',
  'tool.lengths': 'The lengths of the sequences as bars, and every number of every strategy in one table.',
  'tool.lengths.symbols':
    'ℓ: length of a sequence; b: batches; η²: “alike in a batch”, the share of the variance that lies between batches.',
  'tool.map':
    'The attention of one row of the batch: rows of the map read, columns are read; with a block mask it falls into blocks, one a sequence.',
  'tool.map.symbols':
    'q, k: vectors of query i and key j; m: 1 where they belong to one sequence and none is PAD, unless the mask is open.',
  'tool.contamination':
    'Sequences behind one another in one row, in eight ways, each against the same sequence alone: how far states and answers move, and how much attention goes to the others.',
  'tool.contamination.symbols': 'h: states in the row and alone; A: attention; green: no more than 10⁻⁴.',
  'tool.leak':
    'One sequence with 0 to 64 PADs beside it that it may read: how much of its attention they take, by layer and head, and how far logits and loss move.',
  'tool.leak.symbols': 'A: attention; Q: the sequence’s own tokens; z: logits with n readable PADs.',
  'tool.sides':
    'One sequence padded on the right, on the left and on both sides, with positions of its own or of the row: what stands at index 0 and at index −1, and how far that is from the sequence alone.',
  'tool.sides.symbols': 'h: the state that is read at that index, in the row and alone; the same for the logits.',
  'tool.loss':
    'Which targets count in the loss, token by token, with the usual mistakes as switches; an encoder is trained under [MASK] alone.',
  'tool.loss.symbols': 'ℓ: −ln p of the target of row t, in nats; c: 1 where it counts; S: sequences.',
  'tool.code': 'The shown batch as tensors, by a collator of plain torch; the plan of all batches as a table.',
  'tool.code.symbols': 'R, W: rows and width of the batch.',
}
