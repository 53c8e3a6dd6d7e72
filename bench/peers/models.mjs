/** What is compared (bench/peers/export.py makes it), and how long a forward takes. */

/** `large`: a software adapter takes a minute for a forward of onnxruntime's WebGPU. */
export const MODELS = [
  { name: 'clsroom-bert', tokens: 64, words: 8000, head: 'mlm' },
  { name: 'clsroom-vit', side: 32, head: 'classifier' },
  { name: 'minilm', tokens: 128, words: 900, head: 'mlm', large: true },
  { name: 'vit-s', side: 224, head: 'classifier', large: true },
  { name: 'bert-base', tokens: 128, words: 900, head: 'mlm', large: true },
]

/** Where the exported graphs are, and the models from a seed. */
export const ONNX = '.cache/peers/onnx'

/** Logits further apart are of another model, which is not worth timing. */
export const FARTHEST = 1e-2

export const isShipped = (name) => name.startsWith('clsroom-')
