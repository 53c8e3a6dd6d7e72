export const en = {
  caution:
    'What a query reads is no cause of what it says. “Cause” masks the other queries one by one; “Four quadrants” closes whole parts of the attention.',
  strip:
    'A chip is a query: a token that stands for no part of the picture and answers with one class and one box. It names its class and score; pale ones say “no object”. Here it is hidden, masked or removed.',
  'strip.symbols':
    'h: the query’s last state; W, MLP: the two heads; b: centre, width and height as shares of the picture.',
  change:
    'What the last edit did to the answers: which query changed its class, moved its box, fell silent, or took over another’s object.',
  'change.symbols': 'B, B′: a query’s boxes before and after.',
  photo:
    'Over the picture lies what the chosen query reads of it, in one layer and head, the brighter the more; boxes are the answers of the queries, the chosen one’s marked; dotted ones are true.',
  'photo.symbols':
    'A: share that query i gives to patch j; q, k: their vectors; m: 1 where the mask lets read. In a decoder this is cross-attention.',
  films:
    'The same query’s reading in every layer, and in every head of the chosen layer, as small pictures on one scale.',
  'films.symbols': 'A: attention of layer l and head h; q: the query; p: a patch.',
  readouts:
    'The queries that say a class with more than the threshold: class, score and box in percent of the picture; how many are duplicates, and how many true objects are found.',
  'readouts.symbols':
    'p: probabilities of the classes, “no object” among them; b: the box; duplicates: same class, IoU over 0.5.',
  'tool.queries':
    'What the queries start from: the trained vectors, zeros, their mean, noise, a noisy copy; whatever you choose runs at once.',
  'tool.queries.symbols': 'q: start vector of a query, Q of them; u: a direction by lot.',
  'queries-all': 'The start of all queries at once. Those that start alike and have no position say the same for ever.',
  'queries-all.symbols': 'q: start vectors; h: states after any layer.',
  recall:
    'Recall on the sample scenes by how many queries are left: the mean of several draws, with the least and the most.',
  'recall.symbols': 'found: same class, IoU of at least 0.5, each object once.',
  'tool.masks':
    'Attention in four quadrants, who reads whom: open or closed in every layer, or as another model has them.',
  'tool.masks.symbols':
    'm: 1 where tokens of the row’s kind may read those of the column’s; a token always reads itself.',
  'mask-effect':
    'Each quadrant closed by itself over the sample scenes: duplicates, recall and AP50, beside the run with nothing closed.',
  'mask-effect.symbols': 'p: precision at recall r; right: same class, IoU of at least 0.5.',
  'tool.causal':
    'The causal check of one query: what it reads of each other query, and beside it its probability and its box when that one alone is masked.',
  'tool.causal.symbols': 'p: probability of its class c; B: its box; m = 0: the run where nobody reads query j.',
  'tool.compare':
    'What every query said in the pinned run and says now: class, score, how far both boxes overlap; then what the chosen one reads in both pictures, and the difference.',
  'tool.compare.symbols': 'B, B′: boxes of the same query in both runs; p: score of its class.',
  'tool.scene':
    'The picture under your hands: put drawings on it, drag, scale and cover them; the queries answer as you move.',
  'tool.scene.symbols': 'h: a query’s last state; p, b: its class and box; the true boxes follow the drawings.',
  'tool.matching':
    'Which query is trained for which object: a table of costs, objects by queries, with the cheapest assignment of all and the greedy one. The sliders weigh the three parts.',
  'tool.matching.symbols':
    'σ: one query for each object; p: probability of the object’s class; b, b̂: boxes; λ: weights, 1, 5 and 2 in the paper.',
  'tool.quality':
    'Precision and recall over all sample scenes as the threshold moves, with and without suppression of duplicates; the area under the curve is AP50.',
  'tool.quality.symbols': 'right: same class, IoU of at least 0.5, each object once.',
  'tool.slots':
    'Where each query puts its boxes over many generated scenes: a point is a centre, its shade the size; beneath, how often it says “no object”, and how open its choice of class is, in bits.',
  'tool.slots.symbols': 'p̂: how often query q says class c, of all the boxes it says.',
}
