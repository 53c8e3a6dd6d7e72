export const en = {
  caution: 'What a class token reads is no cause of its answer: “Cause” masks every key and measures the answers.',
  'caution.cls':
    'Two tokens may read the same and take different things from it. What one owes to the other is measured in “One CLS gone”.',
  strip:
    'A class token for each task, then all patches as one chip; class tokens are hidden, masked, removed, or put in twice.',
  'strip.symbols': 'c: trained class tokens, one a task; x: patches; E: filters; P: positions.',
  photo:
    'Over the picture lies what the chosen token reads of it in one layer and head, the brighter the more; turn the picture or paint its rim, and see which head follows.',
  'photo.symbols': 'A: share that the token i gives to patch j; q, k: their vectors; m: 1 where the mask lets read.',
  maps: 'What every class token reads in the picture, side by side on one scale: a line a token, columns layers or heads.',
  'maps.symbols': 'A: attention of layer l and head h; c: class token of task t; p: a patch.',
  readouts:
    'What each task answers from its own class token, with probabilities, and whether it is right where that is known.',
  'readouts.symbols': 'z: logits of task t; h: last state of its class token; W, b: its head.',
  'tool.maps':
    'Every class token in every layer and head, as small pictures, each with the end of its scale beside it.',
  'tool.maps.symbols': 'A: attention; c: class token of task t; p: a patch; l, h: layer and head.',
  'tool.reads':
    'Whether class tokens may read one another, only themselves, or only the first, and whether patches read them; it runs at once.',
  'tool.reads.symbols': 'm: 1 where class token s may read class token t; each reads itself and all patches.',
  restrict:
    'Each restriction over many pictures: the accuracy of every task, and how many answers are not those of the open model.',
  'restrict.symbols': 'ĉ, ĉ′: answers of the open and of the restricted model; n: pictures with a known answer.',
  'tool.gone': 'Each class token in turn hidden, masked and removed: how the probability of every task’s answer goes.',
  'tool.gone.symbols': 'p: probability of task t’s present answer c, with all class tokens and without that of task s.',
  'tool.alike': 'How alike the class tokens’ states are: a line a pair over the layers, and all pairs at one depth.',
  'tool.alike.symbols': 'a, b: states of two class tokens after the same layer; 1: the same direction.',
  'alike-overlap':
    'How far two class tokens read the same patches: a line a pair over the layers, and on the picture where they differ.',
  'alike-overlap.symbols':
    'a, b: what the two tokens read of patch p, made to add up to 1; o: 1 the same patches, 0 none in common.',
  'tool.probe':
    'Every head asked on every token, over many pictures: rows are heads, columns what they read; the last column is what the most frequent answer alone would reach.',
  'tool.probe.symbols':
    'W: head of task t; h: state of place s (a class token, or a mean of patches); y: right answer.',
  'tool.pooling':
    'What each head says on its own class token, on the mean of the patches, and on their mean weighted by what its token reads.',
  'tool.pooling.symbols':
    'h: last states; a: attention of the class token in the last layer, the mean of heads; N: patches that are read.',
  'tool.cause':
    'On the left what the token reads, on the right what the answers need: every key is masked in turn, and the answers measured.',
  'tool.cause.symbols': 'm = 0: the run with key j masked; p: the answer that moves most; h: the token’s last state.',
  'tool.twin':
    'The answers of this model with three class tokens beside those of its twin with one, on the same picture.',
  'tool.twin.symbols': 'z: logits of each task; in the twin all heads read the same token.',
  'twin-maps': 'What the class tokens of both models read in the picture, in the chosen layer and head.',
  'twin-maps.symbols':
    'A: share that class token i gives to patch j; q, k: their vectors; m: 1 where the mask lets read.',
}
