export const en = {
  caution:
    'The board says what may be read, not what is read, nor what an answer owes to it: the map beside it says the first, “Reach” with its check and the answers the second.',
  strip: 'The tokens that read and are read through the mask, with their numbers and positions.',
  'strip.symbols': 'W, P, S: trained vectors of token, position and segment, as far as the model has them.',
  board:
    'The mask itself: rows read, columns are read, a filled cell may be read. It can be painted; other views of the board show what reaches what over the layers, its tiles, or two masks.',
  'board.symbols':
    'm: 1 where row i may read row j in layer l and head h; r: the rules there, all of which have to allow it; painted cells win. The formula over the board is this mask’s own.',
  readouts:
    'What the model says through this mask, and what the last edit changed: the rows whose predictions moved most, in bits, and how many rows stayed the same to the bit.',
  'readouts.symbols': 'z: logits; p, p′: a row’s distribution before and after the edit; D: 0 bits is the same.',
  'tool.rules':
    'The mask as rules: each a formula over row of query q and of key k, for a range of layers and heads; a cell is open where all of them allow it.',
  'tool.rules.symbols':
    'q, k: rows from 0; T: tokens; kind, doc, place, run, count: what a token is and where it stands.',
  'tool.kinds':
    'Kinds of tokens by kinds of tokens: a row reads a column; each cell counts the open pairs of how many, and opens or closes them all.',
  'tool.kinds.symbols': 'f, g: kinds; m: 1 where i may read j.',
  'tool.reach':
    'Which input can influence which row after so many layers: what it reads, and what those have read before; from the chosen token, layer by layer, whom it reaches.',
  'tool.reach.symbols':
    'M: mask of a layer, open where any head may read; R: 1 where input k can influence row q; · is a boolean product.',
  'reach-check':
    'The same in the model, the causal check of reach: one input is replaced by noise, and every row that it does not reach must stay the same to the last bit.',
  'reach-check.symbols': 'h, h′: hidden states before and after; k: the replaced row; R: reach.',
  'tool.tiles':
    'What block-sparse attention would save with tiles of several sides: full, partial and empty tiles, operations and bytes beside dense ones; our own kernel skips less, and says so.',
  'tool.tiles.symbols': 'd: width of a head; 4 · d: two products a cell; bytes: keys and values in f32, once a tile.',
  'tool.compare':
    'Two masks beside one another: the kept run A and the newest; how many cells both read, and how many only one.',
  'tool.compare.symbols': 'A, B: the cells that may be read in the kept and in the newest run.',
  'compare-answers': 'What the model says through each mask, and how far each answer moved.',
  'compare-answers.symbols':
    'z: logits; p, p′: an answer’s distribution through A and now; d: 0 the same, 1 nothing in common.',
  'tool.python':
    'The same mask as code: a mask_mod of FlexAttention, a boolean tensor, or transformers’ 4-D attention_mask; the same bits in all three.',
  'tool.python.symbols':
    'b, h: sequence and head; q, k: rows; the 4-D form is added to the scores, with the smallest number in the place of −∞.',
  'tool.use':
    'Other labs that can open this mask, each with what goes along: the rules, and where the tokens are the same the paint, too.',
  'tool.use.symbols': 'm: the mask; rules go as data, so that a link needs no parser.',
}
