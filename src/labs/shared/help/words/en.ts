export const en = {
  caution:
    'What is read is not yet why: a large share is no cause of the answer. Mask the key (M on its chip) and see what the answers do; a causal check among the tools does so for every key.',
  'caution.checked':
    'What is read is not yet why. The causal check in this tool masks the most read key, and on a button each of them, and says how far the answers go with it.',
  'caution.change':
    'That attention moved does not say that the answers moved because of it: their own change stands beside them, in the read-outs.',
  change:
    'What the last edit did: the head whose attention moved most, in percent of what it reads, and the tokens that lost and gained most of it.',
  'change.symbols':
    'A, A′: attention before and after; Q: queries that both runs have; a token that only one of them has is read with 0 in the other; r: the part of all attention that lands on token j.',
  map: 'Each row is a token that reads (query), each column a token that is read (key); the darker a cell, the larger the share of its attention that the query gives to the key. A row adds up to 1.',
  'map.symbols':
    'q, k: vectors of query i and key j; d: width of the head; m: 1 where the mask lets i read j, else 0, and then A is exactly 0. Of “mean” the average of the heads.',
  atlas:
    'The same map for every head: layers run down, heads across, their mean first; a dot marks the heads that the last edit moved most. Under them stands how widely the chosen head reads, in bits.',
  'atlas.symbols':
    'A: a head’s map; H: heads of a layer; T: queries that read anything. 0 bits: each reads one token; n bits: as widely as 2ⁿ tokens alike.',
  'tool.compare':
    'The run that you pinned beside the newest one, token by token: their answers, the chosen map of each, their difference, and how far each hidden state turned.',
  'tool.compare.symbols': 'x: whatever is compared; rows of both runs belong together by token, wherever it stands.',
  answers:
    'Every answer of one run a line, the runs side by side: the best class with its probability, what became of the first run’s answer, and how far the whole distribution moved.',
  'answers.symbols':
    'z: logits; p, p′: probabilities in the first and in the other run; d: 0 the same, 1 nothing in common.',
  difference:
    'Each cell is how much more (or less) of its attention a query gives to a key now than in the pinned run; a cell that only one run has is hatched.',
  'difference.symbols': 'A: attention of the chosen head; Δ: in parts of 1, so that .10 is ten percentage points.',
  states:
    'Each row is a token, each column a hidden state, from the embedding to the last layer; a cell says how alike the two runs’ vectors are, and is the darker the further they turned apart.',
  'states.symbols':
    'a, b: the token’s hidden state in both runs; 1: the same direction, 0: at right angles. Colour: 1 − cos.',
  'tool.token':
    'Two lists of bars about the selected tokens, in the order of the sequence: what they read, and who reads them, by the chosen head.',
  'tool.token.symbols':
    'S: the selected tokens; r: what they give to token j; c: what token i gives to them; of several tokens the sum.',
  'tool.reads':
    'What one token reads, layers down and tokens across, in percent of its attention; under it, for keys that were masked, how far the answers moved and how far the token itself turned.',
  'tool.reads.symbols':
    'q: the token’s row; ā: mean over layers; m = 0: the run with key j masked; p: the answer that moved most; h: the token’s last hidden state.',
  'tool.mask':
    'Here you set which query may read which key: rules and cells painted by hand on the large map. Whatever you set runs at once.',
  'tool.mask.symbols':
    'm: 1 where query i may read key j; r: the rules of that layer, all of which have to allow it (turned round by “invert”); a masked token is read by nobody, whatever is painted.',
  'tool.embedding':
    'What the selected token puts into the model: a trained row, a multiple of one, zeros, the mean of the content tokens, or noise with its seed.',
  'tool.embedding.symbols':
    'E: the table of trained vectors; α: the factor; n: content tokens; σ: standard deviation of the noise.',
  'tool.second':
    'The shown run once more by another engine, head by head: the largest difference of any logit, the best answers of both, and the time of each.',
  'tool.second.symbols': 'z: logits by this page and by onnxruntime-web, of the same weights and the same tokens.',
}
