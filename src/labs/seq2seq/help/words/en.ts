export const en = {
  caution:
    'Where a row looks is not what its token needs: cross-attention often rests on the end token. “Cause” masks each source token in turn and measures ln p of every output.',
  'caution.alignment':
    'Lines are attention, no cause: “Cause” masks each source token, and here each head is switched off in turn.',
  'strip.source':
    'The source: every chip a token that the encoder reads, with its number and place; the bar under a chip is what the lit output reads of it.',
  'strip.source.symbols': 'W: the table of trained vectors; T5 adds no positions, they are in its attention.',
  'strip.target':
    'The output: the start, then every token that the decoder writes or is given; the decoder reads all but the last and has to write all but the first.',
  'strip.target.symbols': 'y: output tokens; x: the source.',
  change:
    'What the last edit did: the output that was and the one that is, or how the likelihood of the same output moved.',
  'change.symbols': 'y: output tokens, each behind the ones before it; x: the source; changes of ln p are in nats.',
  'stage.encoder':
    'The encoder: source tokens read one another. Rows read, columns are read; the darker, the larger the share, and a row adds up to 1. Beneath it every head as a thumbnail.',
  'stage.encoder.symbols':
    'q, k: query i and key j (T5 divides by no root); b: the head’s learned bias by distance; m: 1 where the mask lets read, else 0.',
  'stage.decoder': 'The decoder: each output row reads itself and the rows before it, unless its mask is opened.',
  'stage.decoder.symbols':
    'q, k: query i and key j; b: the head’s learned bias by distance; m: 0 for what comes later.',
  'stage.cross':
    'Between both: each output row reads the encoder’s last states of the source. Rows are outputs, columns source tokens.',
  'stage.cross.symbols':
    'q: query of output row i; k: key of source token j, without a bias by distance; m: the cross mask.',
  readouts:
    'What was written and how likely it is, and of the lit output token its rivals with their probabilities and the source tokens that its row reads.',
  'readouts.symbols': 'y: output tokens; x: the source; z: logits of one row over the whole vocabulary; ln p in nats.',
  'tool.masks':
    'Three masks apart: source reads source, output reads output, output reads source. Rules here, cells by hand on the maps; it runs at once.',
  'tool.masks.symbols':
    'm: 1 where the row may read the column; i, k: output rows; j: source tokens; a row that reads nothing adds zeros.',
  'tool.pad':
    'The source without padding, with PAD masked in both stages, in the decoder only, and nowhere: how far the logits move, ln p, and what cross-attention gives to PAD.',
  'tool.pad.symbols':
    'z: logits of the same output; A: cross-attention, n rows and heads; under the full mask all three are 0.',
  'tool.states':
    'What the decoder writes and how likely the shown output is when it reads other states: its own, zeros, their mean, or another sentence’s.',
  'tool.states.symbols':
    'x: the encoder’s states, the only thing the decoder knows of the source; y: the output on screen.',
  'tool.shift':
    'Decoder input, target and loss mask under one another: what row t reads, what it has to write, whether that counts, and how likely it was.',
  'tool.shift.symbols': 'c: the loss mask, 0 or 1; y: target tokens, the input one place further; loss in nats.',
  'tool.start':
    'The same output behind other starts: as trained, none, doubled, another token; the loss of each by position, and what the model would write from there.',
  'tool.start.symbols': 's: what stands before the first token; y: the output; x: the source; in nats.',
  'tool.free':
    'The given tokens judged behind what is given (teacher forcing) and behind what the model writes itself: two lines of probabilities, and the step where the texts part.',
  'tool.free.symbols': 'y: given tokens; ŷ: tokens that the model wrote; x: the source.',
  'tool.alignment':
    'Cross-attention as lines from output to source; by head, how often the most read source token is the right one, how much rests on special tokens, and ln p without the head.',
  'tool.alignment.symbols': 'A: cross-attention of head h; T: source tokens that the task says output i is made of.',
  'tool.causal':
    'The causal check: each source token is masked in turn, in encoder and decoder; a cell is what that does to ln p of an output token. Beside it, by head, how far attention foretells this.',
  'tool.causal.symbols':
    'y: output tokens; m = 0: source token j masked; A: cross-attention of head h; ρ: Spearman’s rank correlation, 1 is the same order.',
  'tool.buckets':
    'The numbers that each head adds to its scores by how far the key stands from the query: rows are buckets of distances, columns heads, two colours from 0.',
  'tool.buckets.symbols':
    'b: learned biases, the same in all layers of a stack; near distances have a bucket each, far ones share one.',
}
