export const en = {
  title: 'Glossary',
  lead: '{count, plural, one {# term} other {# terms}} of the field, each with a link to where it can be seen.',
  find: 'Find a term',
  letters: 'To a letter',
  none: 'No term is called that, in English or in Russian.',
  unknown: 'The address asks for a term that is not here: {term}',
  show: 'Show me: {where}',
  'show.lesson': 'lesson',
  source: 'Source: {source}',
  reading: 'Looking up where to see it …',
  'term.special-token': 'special token',
  'is.special-token':
    'A token that stands for no piece of the input: it marks a place, a boundary or a task. It has an id and an embedding like any other, and the model learns what to do with it.',
  'term.cls': '[CLS]',
  'is.cls':
    'The first token of an encoder’s input, from whose last state the answers about the whole text or picture are computed. It stands for nothing of its own and gathers what it reads.',
  'term.sep': '[SEP]',
  'is.sep':
    'Closes a text, and stands between two texts that are read together. Many heads put their attention on it where they find nothing else to read.',
  'term.pad': '[PAD]',
  'is.pad':
    'Fills a short sequence up to the length of its batch. It carries nothing, so the attention mask has to close it, and the loss has to leave it out.',
  'term.unk': '[UNK]',
  'is.unk':
    'What a tokenizer writes for a piece that its vocabulary cannot spell. Whatever stood there, the model gets the same vector.',
  'term.mask-token': '[MASK]',
  'is.mask-token':
    'Stands in the place of a word that the model has to guess from both sides. It is always written in brackets: it is a token, and not the attention mask.',
  'term.bos': 'BOS',
  'is.bos':
    'Beginning of sequence: the first token that a decoder reads, so that even its first word follows something. Also SOS, or the decoder’s start token.',
  'term.eos': 'EOS',
  'is.eos': 'End of sequence: the token by which a model says that it is done. Generation stops when it is written.',
  'term.sentinel': 'sentinel',
  'is.sentinel':
    'A token with a number that stands for a span that was taken out: <extra_id_0>, <extra_id_1>, … The decoder writes each sentinel again, and behind it what was there.',
  'term.prefix': 'prefix',
  'is.prefix':
    'The part of a sequence that may be read from everywhere, before the part that is causal. In T5 also the words that name the task, such as “date:”.',
  'term.register': 'register token',
  'is.register':
    'A trained token beside the patches that answers nothing. Large vision models use it as scratch paper in the place of patches with little to say.',
  'term.memory-token': 'memory token',
  'is.memory-token':
    'A row beside the input that the model writes to and reads from in every layer. Where text sees few neighbours, it is the only way for a fact to get further.',
  'term.bottleneck': 'memory bottleneck',
  'is.bottleneck':
    'A mask under which text reads memory and nothing else: all that one token learns of another has gone through the memory rows.',
  'term.object-query': 'object query',
  'is.object-query':
    'A trained vector that asks the picture for one object and answers with a class and a box, or with “no object”. Queries read each other, so that two do not take the same thing.',
  'term.det-token': '[DET] token',
  'is.det-token':
    'An object query that stands in the encoder’s own sequence, behind the patches, as in YOLOS. It is read and reads like any other token.',
  'term.attention': 'attention',
  'is.attention':
    'Every token asks all others by a query, weighs them by how their keys answer, and takes the weighted sum of their values. The weights of one query sum to 1.',
  'term.query': 'query',
  'is.query':
    'The vector by which a token asks: a row of an attention map. In a detector the word also stands for an object query.',
  'term.key': 'key',
  'is.key':
    'The vector by which a token answers to queries: a column of an attention map. A masked token is a key that nobody may read.',
  'term.value': 'value',
  'is.value':
    'What a token gives to those who read it. A large weight on a value of small norm moves little, so a bright cell alone says nothing of its effect.',
  'term.head': 'head',
  'is.head':
    'One of several attentions that a layer runs side by side, each with queries, keys and values of its own. What they read is joined and mixed by one matrix.',
  'term.attention-map': 'attention map',
  'is.attention-map':
    'The weights of one head as a table: a row is a token that reads, a column one that is read. It shows where a token looks, and not what follows from it.',
  'term.self-attention': 'self-attention',
  'is.self-attention': 'Attention of a sequence to itself: queries, keys and values come from the same tokens.',
  'term.cross-attention': 'cross-attention',
  'is.cross-attention':
    'Attention from one sequence to another: the decoder asks, the encoder’s states are keys and values. Its map can be compared with a known alignment.',
  'term.attention-mask': 'attention mask',
  'is.attention-mask':
    'Which query may read which key. A closed key gets a probability of exactly 0, and the others share what it had.',
  'term.causal-mask': 'causal mask',
  'is.causal-mask':
    'No token reads a later one, so that the model can learn to write what follows at every place at once.',
  'term.padding-mask': 'padding mask',
  'is.padding-mask':
    'Closes [PAD] for all who read. Without it answers depend on how long the other texts of the batch are.',
  'term.prefix-mask': 'prefix mask',
  'is.prefix-mask':
    'The prefix may be read in both directions, what follows it only backwards: between an encoder and a decoder.',
  'term.window-mask': 'sliding window',
  'is.window-mask':
    'A mask that lets each token read only its neighbours. What is further away arrives over several layers, a window a layer.',
  'term.hide': 'hide',
  'is.hide': 'Leave a token out of the display. The model does not notice, and no number changes.',
  'term.mask-verb': 'mask (to)',
  'is.mask-verb':
    'Close a token to all who read: it stays in the sequence and keeps its place, but no query may read it.',
  'term.remove': 'remove',
  'is.remove':
    'Take a token out of the sequence, which becomes shorter. Where positions are renumbered the later tokens move, so more than the token changes.',
  'term.softmax': 'softmax',
  'is.softmax':
    'Turns numbers into shares that are positive and sum to 1, by their exponentials. A head that finds nothing to read still has to give its whole 1 away.',
  'term.attention-sink': 'attention sink',
  'is.attention-sink':
    'A token that gets much of a head’s attention and gives little for it: [SEP], the first token, a register. Here a most read token is a sink from half of a head’s attention on.',
  'term.entropy': 'entropy',
  'is.entropy':
    'How widely a distribution is spread, in bits: 0 where all lies on one, 3 where it is shared by eight alike.',
  'term.rollout': 'attention rollout',
  'is.rollout':
    'The attention of all layers multiplied, with the residual stream added: an estimate of what each output rests on. An estimate, since values and feed-forward layers are left out.',
  'term.ablation': 'ablation',
  'is.ablation':
    'Switching a part off, a head or a layer, to see what the answers lose. It takes the part away for all tokens at once.',
  'term.causal-check': 'causal check',
  'is.causal-check':
    'Change one thing, run again and measure: mask the key and see how far the answer moves. It stands wherever a map could be read as “because”.',
  'term.logit-lens': 'logit lens',
  'is.logit-lens':
    'The output head put on a state in the middle of the model: which token it would write if it ended there. The head was not trained for these states.',
  'term.hidden-state': 'hidden state',
  'is.hidden-state': 'The vector of a token between two layers: what it is by then, with all that it has read.',
  'term.residual-stream': 'residual stream',
  'is.residual-stream':
    'The hidden states as a sum: each attention and each feed-forward layer adds to what is there and replaces nothing.',
  'term.norm': 'norm',
  'is.norm':
    'The length of a hidden state as a vector. Tokens whose norm stands out are often those that the model uses for something else than their content.',
  'term.layer-norm': 'layer norm',
  'is.layer-norm':
    'Brings each state to mean 0 and variance 1, then scales and shifts it by trained numbers. It stands before or behind the halves of a block; RMS norm leaves the mean alone.',
  'term.feed-forward': 'feed-forward layer',
  'is.feed-forward':
    'The half of a block in which tokens do not meet: two matrices and a nonlinearity, applied to each state by itself.',
  'term.embedding': 'embedding',
  'is.embedding':
    'The trained vector that a token starts with. In BERT it is a sum: of the piece, of the position and of the segment.',
  'term.position-id': 'position id',
  'is.position-id':
    'The number by which a model knows where a token stands. Insert a token, and the later ones are renumbered or keep theirs: two different experiments.',
  'term.segment-id': 'segment id',
  'is.segment-id':
    'Says which of two texts a token belongs to, A (0) or B (1); transformers calls it token type id. It is added to the embedding and depends on no [SEP].',
  'term.position-embedding': 'position embedding',
  'is.position-embedding':
    'A vector a place, trained or made of sines, that is added to what stands there. Without it attention knows no order.',
  'term.rotary': 'rotary position embedding (RoPE)',
  'is.rotary':
    'Turns queries and keys by an angle that grows with the position, so that their product depends on the distance alone. Llama and ModernBERT use it; the shipped models have tables of positions.',
  'term.relative-bias': 'relative position bias',
  'is.relative-bias':
    'A number for each distance that is added to the scores of a head. In T5 it is trained, with far distances sharing a bucket; in ALiBi it falls in a straight line.',
  'term.patch': 'patch',
  'is.patch': 'A square piece of a picture that a vision transformer reads as one token.',
  'term.patch-embedding': 'patch embedding',
  'is.patch-embedding':
    'The numbers of a patch times one matrix: the vector that its token starts with. Each output is a filter that can be drawn.',
  'term.mae': 'masked autoencoder',
  'is.mae':
    'Reads a few patches of a picture and draws all the others. Behind the encoder one trained mask token stands for each patch that was not read.',
  'term.pooling': 'pooling',
  'is.pooling':
    'Makes one vector of all states: that of [CLS], the mean, the maximum, or a weighted mean that is itself learned (attention pooling).',
  'term.readout-head': 'read-out head',
  'is.readout-head':
    'The small layer on top that turns states into answers: classes, words, boxes. It is trained for the states that it was given, and for no others.',
  'term.logits': 'logits',
  'is.logits':
    'A head’s answers before softmax: any numbers, of which only differences count. Added 5 makes a class e⁵ times as probable beside the others.',
  'term.probe': 'probe',
  'is.probe':
    'A small classifier on a state, to see whether something can be read off it. That it can does not say that the model uses it.',
  'term.multi-cls': 'several [CLS]',
  'is.multi-cls':
    'A class token for each task in one encoder: each gathers what its own head asks for, and they can read each other.',
  'term.learnable-memory': 'learnable memory',
  'is.learnable-memory':
    'Trained rows in every layer of a frozen model that teach it a new task. Under the extension mask the old tokens cannot read them, and the old answers stay as they were.',
  'term.mlm': 'masked language modelling (MLM)',
  'is.mlm': 'Training by guessing hidden words from both sides. Only the chosen targets count in the loss.',
  'term.80-10-10': '80/10/10',
  'is.80-10-10':
    'BERT’s rule for targets: 80 % become [MASK], 10 % a random word, 10 % stay as they are, so that the model cannot trust what it sees.',
  'term.nsp': 'next sentence prediction (NSP)',
  'is.nsp':
    'The question whether the second text follows the first, answered from [CLS]. RoBERTa left it out and lost nothing.',
  'term.teacher-forcing': 'teacher forcing',
  'is.teacher-forcing':
    'The decoder reads the right beginning of the answer, whatever it would have written itself. Training sees no mistakes of the model’s own; free running does.',
  'term.target-shift': 'target shift',
  'is.target-shift':
    'What a decoder has to write stands one place before what it reads: row r reads token r and writes token r + 1. Off by one, it learns to copy.',
  'term.loss-mask': 'loss mask (−100)',
  'is.loss-mask':
    'Targets that do not count are given the label −100, which the loss skips: padding, prompts, tokens that are not asked for. Where EOS is PAD, the ends are easily lost with it.',
  'term.whole-word': 'whole word masking',
  'is.whole-word': 'All pieces of a word become targets together, so that no piece gives the others away.',
  'term.batch': 'batch',
  'is.batch':
    'Sequences that go through the model together, as a rectangle of rows and columns. Nobody reads across rows.',
  'term.padding-side': 'padding side',
  'is.padding-side':
    'Where [PAD] stands: behind the text or before it. A decoder goes on from its last place, so its prompts are padded on the left.',
  'term.dynamic-padding': 'dynamic padding',
  'is.dynamic-padding': 'Each batch is padded to its own longest sequence, and not to the limit of the model.',
  'term.bucketing': 'bucketing',
  'is.bucketing':
    'Sequences of like length are put into one batch, so that little is padded. The price: batches that look alike.',
  'term.packing': 'packing',
  'is.packing':
    'Several sequences stand in one row, each behind the other, instead of padding. It needs a block mask and positions that start anew.',
  'term.contamination': 'contamination',
  'is.contamination':
    'Packed sequences that read each other because no block mask parts them: the answers are no longer those of each alone.',
  'term.block-mask': 'block mask',
  'is.block-mask': 'Each document reads itself alone: squares along the diagonal of the map.',
  'term.perplexity': 'perplexity',
  'is.perplexity':
    'How surprised a model is by a text: e to the mean loss. Among that many equally probable tokens it would be as unsure.',
  'term.greedy': 'greedy decoding',
  'is.greedy': 'Always the most probable token. The text is the same every time, and seldom the most probable text.',
  'term.temperature': 'temperature',
  'is.temperature':
    'Logits are divided by it before softmax: below 1 the best gain, above 1 the rare do, 0 stands for greedy.',
  'term.top-k': 'top-k',
  'is.top-k': 'Only the k most probable tokens are left to be drawn, however the rest is spread.',
  'term.top-p': 'top-p (nucleus)',
  'is.top-p':
    'The fewest tokens that together reach the probability p are left to be drawn: few where the model is sure, many where it is not.',
  'term.min-p': 'min-p',
  'is.min-p': 'Tokens stay that are at least p times as probable as the best one.',
  'term.beam': 'beam search',
  'is.beam':
    'Several beginnings run side by side; after each step those with the largest sum of log-probabilities go on.',
  'term.length-penalty': 'length penalty',
  'is.length-penalty':
    'The exponent by which a beam’s sum is divided by its length. Without it short texts win, since every token makes the sum smaller.',
  'term.repetition-penalty': 'repetition penalty',
  'is.repetition-penalty':
    'Makes tokens that were read already less probable: a positive logit is divided by it, a negative one multiplied.',
  'term.kv-cache': 'KV cache',
  'is.kv-cache':
    'Keys and values of what was read are kept, so that a new token costs one row. Where a row may read ahead nothing can be kept.',
  'term.tokenizer': 'tokenizer',
  'is.tokenizer':
    'Turns text into ids of a vocabulary and back: normaliser, pre-tokeniser, model, post-processor, decoder.',
  'term.vocabulary': 'vocabulary',
  'is.vocabulary':
    'All pieces that have an id. A small one makes long sequences, a large one rare pieces that are hardly trained.',
  'term.normaliser': 'normaliser',
  'is.normaliser':
    'Makes texts that count as the same the same: letters small, accents off, one form of Unicode. What it takes away does not come back.',
  'term.pre-tokeniser': 'pre-tokeniser',
  'is.pre-tokeniser':
    'Parts a text into words at spaces and signs before pieces are looked for. No piece goes over such a boundary.',
  'term.bpe': 'BPE',
  'is.bpe':
    'Byte pair encoding: begins with letters or bytes and joins the most frequent pair, again and again. The merges are the tokenizer, in their order.',
  'term.wordpiece': 'WordPiece',
  'is.wordpiece':
    'Takes the longest piece of the vocabulary from the left, then the next; those within a word begin with ##. What cannot be spelled is [UNK], the whole word.',
  'term.unigram': 'Unigram',
  'is.unigram':
    'Gives every piece a probability and takes the most probable way through a word. Training starts with many pieces and prunes those that are missed least.',
  'term.byte-fallback': 'byte fallback',
  'is.byte-fallback':
    'What the vocabulary cannot spell is written as its bytes, 256 tokens in all: nothing is unknown, but a rare letter takes several.',
  'term.coverage': 'coverage',
  'is.coverage': 'The share of running words, or of letters, that a vocabulary can spell without [UNK].',
  'term.bpe-dropout': 'BPE-dropout',
  'is.bpe-dropout': 'Leaves out merges at random, so that the same word is cut in various ways while a model learns.',
  'term.fertility': 'fertility',
  'is.fertility':
    'Tokens a word, on average. A language that the vocabulary was not made for pays more for the same sentence.',
  'term.encoder': 'encoder',
  'is.encoder':
    'A stack in which every token reads in both directions. It turns an input into states and writes nothing by itself.',
  'term.decoder': 'decoder',
  'is.decoder':
    'A causal stack that gives at each place the probabilities of the next token. Behind an encoder it also reads the encoder’s states.',
  'term.matching': 'bipartite matching',
  'is.matching':
    'Gives each true object one query so that the cost of all together is smallest. In training it decides which query is taught what, and so no duplicates pay.',
  'term.frozen': 'frozen model',
  'is.frozen': 'A trained model whose weights no longer change while something beside them is trained.',
}
