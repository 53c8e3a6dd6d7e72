export const en = {
  caution:
    'A map says who is read, not what for. “Cause” hides, masks and removes memory, all of it and token by token, and measures the answer; “Replace” exchanges what it holds.',
  strip:
    'The rows that the model reads: [MEM] tokens first, then the text; every chip is one row, and here it is inserted, masked or removed.',
  'strip.symbols': 'm: trained memory vectors, m of them; x: vectors of the text’s tokens, n of them.',
  'mask-panel':
    'The mask of the chosen layer: rows read, columns are read, memory first; open cells are filled, and counted by part.',
  'mask-panel.symbols':
    'n: tokens of the text; m: memory tokens; in a bottleneck text reads memory alone, memory reads all.',
  readouts:
    'What the model answers: the likeliest words under each [MASK], and the mood read from memory. Bars are probabilities; a pale mark is the answer before the last edit.',
  'readouts.symbols': 'z: logits of the words or classes c; the mood reads the mean of the memory rows.',
  'tool.reads':
    'Two parts of the chosen map: what each memory token reads of the text (write), and what each token of the text reads of memory (read); below, both shares by layer.',
  'tool.reads.symbols': 'A: attention of the chosen layer and head; m: memory rows; x: text rows.',
  'tool.mask':
    'The four parts of the mask, memory and text by memory and text, open or closed; cells can be painted on the large map while this tool is open.',
  'tool.mask.symbols': 'm: 1 where row i may read row j; w: how far text reads text; painted cells win over both.',
  'tool.cause':
    'The causal check: the probability of the asked word with memory hidden, masked and removed, and with each memory token masked alone; beside it the share that the asked row reads of it.',
  'tool.cause.symbols':
    'w: the model’s best word now; m = 0: the run where nobody reads memory token i. Hidden changes nothing.',
  'tool.slots':
    'What memory holds before a layer exchanged for zeros, the mean of other inputs, noise of the same length or what another input wrote, and the answer then.',
  'tool.slots.symbols': 'h: state of a memory row; s: other inputs, N of them; u: a direction by lot.',
  'slots-measure':
    'The same exchange over many inputs: how often the asked item comes first, and how often the other input’s; bars with 95 % intervals.',
  'slots-measure.symbols': 'p̂: share that is right; n: inputs; z = 1.96.',
  'tool.beside':
    'Three kinds of rows beside the input, a column each: memory tokens, memory keys and values, registers of a ViT; who asks, who changes, who reads them at the end, what they cost.',
  'tool.beside.symbols': 'h: state of a memory row before layer l; as keys and values it is put back to its start.',
  sink: 'What the rows of the text read of the first of them, and of memory: with memory, without, and in the twin trained without.',
  'sink.symbols': 'A: attention of head h in layer l; n: rows of the text; 1: the first of them.',
  'tool.recall':
    'How far text carries by itself, layer by layer from the asked row; and over many inputs how often the asked item comes first of the whole vocabulary, as shown and with memory closed in several ways.',
  'tool.recall.symbols': 'w: how far text reads; L: layers; p̂: share that is right of n inputs; z = 1.96.',
  recall:
    'Over many inputs drawn by lot, the share whose item comes first of the whole vocabulary, one bar a condition, with 95 % intervals.',
  'recall.symbols': 'p̂: share that is right; n: inputs; z = 1.96.',
  'tool.count': 'Recall of one fact by how many memory tokens are there, from 0 to 16, with 95 % intervals.',
  'tool.count.symbols':
    'p̂: share that is right of n inputs; z = 1.96; fewer tokens are a part of this memory, more start untrained.',
}
