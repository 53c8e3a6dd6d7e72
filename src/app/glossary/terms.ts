/** The terms of the glossary, in the order of what they are about; their names and what they mean are in words/. */

import type { en } from './words/en.ts'

export type TermId = keyof typeof en extends infer Key ? (Key extends `term.${infer Id}` ? Id : never) : never

/** Where a term can be seen: an example of a lab, with a tool open, or a step of a lesson. */
export type Seen =
  /** `change`: parts of the example’s link that are others here. */
  { lab: string; example: string; tool?: string; change?: object } | { lesson: string; step: number }

export interface Term {
  id: TermId
  see: Seen
  /** The paper that it is from, or its name in transformers. */
  source: string
}

const show = (lab: string, example: string, tool?: string, change?: object): Seen => ({ lab, example, tool, change })
/** @param step counted from 1, as in links */
const lesson = (id: string, step = 1): Seen => ({ lesson: id, step: step - 1 })

export const TERMS: readonly Term[] = [
  {
    id: 'special-token',
    see: lesson('what-is-special'),
    source: 'transformers: PreTrainedTokenizerBase.special_tokens_map',
  },
  { id: 'cls', see: lesson('cls-gathers'), source: 'Devlin et al. 2019, BERT, section 3' },
  { id: 'sep', see: lesson('sep-boundary'), source: 'Devlin et al. 2019, BERT, section 3' },
  { id: 'pad', see: lesson('pad-leak'), source: 'transformers: padding and truncation' },
  { id: 'unk', see: lesson('unk-subwords'), source: 'Devlin et al. 2019, BERT; transformers: unk_token' },
  { id: 'mask-token', see: show('text', 'mask', 'mlm'), source: 'Devlin et al. 2019, BERT, section 3.1' },
  { id: 'bos', see: show('generate', 'bos', 'steps'), source: 'transformers: bos_token' },
  { id: 'eos', see: show('generate', 'end', 'end'), source: 'transformers: eos_token' },
  { id: 'sentinel', see: show('seq2seq', 'fill'), source: 'Raffel et al. 2020, T5, section 3.1.4' },
  { id: 'prefix', see: show('seq2seq', 'words'), source: 'Raffel et al. 2020, T5, section 3.2.1 (prefix LM)' },
  { id: 'register', see: lesson('registers'), source: 'Darcet et al. 2024, Vision Transformers Need Registers' },
  { id: 'memory-token', see: show('memory', 'memory-recall'), source: 'Burtsev et al. 2020, Memory Transformer' },
  {
    id: 'bottleneck',
    see: show('memory', 'memory-bottleneck'),
    source: 'Burtsev et al. 2020, Memory Transformer, MemBottleneck',
  },
  {
    id: 'object-query',
    see: show('detect', 'object-queries', 'queries'),
    source: 'Carion et al. 2020, DETR, section 3.2',
  },
  { id: 'det-token', see: show('detect', 'scene', 'queries'), source: 'Fang et al. 2021, YOLOS, section 3.1' },
  {
    id: 'attention',
    see: show('text', 'head', 'reads'),
    source: 'Vaswani et al. 2017, Attention Is All You Need, section 3.2',
  },
  { id: 'query', see: show('text', 'context', 'reads'), source: 'Vaswani et al. 2017, section 3.2.1' },
  { id: 'key', see: show('text', 'silence', 'silence'), source: 'Vaswani et al. 2017, section 3.2.1' },
  {
    id: 'value',
    see: show('text', 'agreement', 'reads'),
    source: 'Vaswani et al. 2017, section 3.2.1; Kobayashi et al. 2020',
  },
  { id: 'head', see: show('text', 'head', 'ablation'), source: 'Vaswani et al. 2017, section 3.2.2' },
  { id: 'attention-map', see: show('text', 'context', 'attention'), source: 'Vig 2019, BertViz' },
  { id: 'self-attention', see: show('text', 'mask', 'attention'), source: 'Vaswani et al. 2017, section 3.2.3' },
  { id: 'cross-attention', see: show('seq2seq', 'date', 'alignment'), source: 'Vaswani et al. 2017, section 3.2.3' },
  { id: 'attention-mask', see: show('text', 'mask', 'mask'), source: 'transformers: attention_mask' },
  {
    id: 'causal-mask',
    see: show('generate', 'story', 'mask'),
    source: 'Vaswani et al. 2017, section 3.2.3; Radford et al. 2019, GPT-2',
  },
  { id: 'padding-mask', see: show('text', 'padding', 'pad'), source: 'transformers: attention_mask' },
  {
    id: 'prefix-mask',
    see: show('masks', 'window', 'rules', { rules: [{ text: 'k <= q or k < p where p = 4' }] }),
    source: 'Raffel et al. 2020, T5, figure 4',
  },
  { id: 'window-mask', see: show('masks', 'window'), source: 'Beltagy et al. 2020, Longformer; Child et al. 2019' },
  { id: 'hide', see: lesson('what-is-special', 2), source: 'CLSroom' },
  { id: 'mask-verb', see: lesson('what-is-special', 3), source: 'CLSroom; transformers: attention_mask' },
  { id: 'remove', see: lesson('hide-mask-remove', 2), source: 'CLSroom' },
  { id: 'softmax', see: show('generate', 'hot', 'sampling'), source: 'Bridle 1990' },
  {
    id: 'attention-sink',
    see: lesson('sep-sink'),
    source: 'Clark et al. 2019; Xiao et al. 2024, Efficient Streaming Language Models with Attention Sinks',
  },
  { id: 'entropy', see: show('text', 'context', 'attention'), source: 'Shannon 1948; Ghader & Monz 2017' },
  {
    id: 'rollout',
    see: show('text', 'agreement', 'attention'),
    source: 'Abnar & Zuidema 2020, Quantifying Attention Flow in Transformers',
  },
  {
    id: 'ablation',
    see: show('text', 'head', 'ablation'),
    source: 'Michel et al. 2019, Are Sixteen Heads Really Better than One?',
  },
  {
    id: 'causal-check',
    see: show('text', 'silence', 'reads'),
    source: 'Jain & Wallace 2019, Attention is not Explanation',
  },
  {
    id: 'logit-lens',
    see: show('generate', 'story', 'lens'),
    source: 'nostalgebraist 2020, interpreting GPT: the logit lens',
  },
  { id: 'hidden-state', see: show('text', 'mask', 'token'), source: 'transformers: output_hidden_states' },
  {
    id: 'residual-stream',
    see: show('generate', 'story', 'lens'),
    source: 'Elhage et al. 2021, A Mathematical Framework for Transformer Circuits',
  },
  { id: 'norm', see: show('text', 'padding', 'norms'), source: 'Darcet et al. 2024, section 2.1' },
  { id: 'layer-norm', see: show('text', 'order', 'norms'), source: 'Ba et al. 2016, Layer Normalization' },
  { id: 'feed-forward', see: show('generate', 'story', 'lens'), source: 'Vaswani et al. 2017, section 3.3' },
  { id: 'embedding', see: show('text', 'mask', 'embedding'), source: 'Devlin et al. 2019, BERT, figure 2' },
  { id: 'position-id', see: show('text', 'order'), source: 'transformers: position_ids' },
  { id: 'segment-id', see: show('text', 'boundary'), source: 'Devlin et al. 2019, BERT; transformers: token_type_ids' },
  {
    id: 'position-embedding',
    see: show('vision', 'positions', 'positions'),
    source: 'Dosovitskiy et al. 2021, ViT, section 3.1',
  },
  { id: 'rotary', see: show('text', 'order'), source: 'Su et al. 2021, RoFormer' },
  {
    id: 'relative-bias',
    see: show('seq2seq', 'date', 'buckets'),
    source: 'Raffel et al. 2020, T5, section 2.1; Press et al. 2022, ALiBi',
  },
  { id: 'patch', see: lesson('patches-tokens'), source: 'Dosovitskiy et al. 2021, ViT' },
  {
    id: 'patch-embedding',
    see: show('vision', 'object', 'patches'),
    source: 'Dosovitskiy et al. 2021, ViT, section 3.1',
  },
  {
    id: 'mae',
    see: show('vision', 'rebuilt', 'rebuild'),
    source: 'He et al. 2022, Masked Autoencoders Are Scalable Vision Learners',
  },
  { id: 'pooling', see: lesson('pooling'), source: 'Reimers & Gurevych 2019, Sentence-BERT, section 3' },
  { id: 'readout-head', see: show('vision', 'object', 'pooling'), source: 'transformers: AutoModelFor…' },
  { id: 'logits', see: show('text', 'mask', 'mlm'), source: 'transformers: ModelOutput.logits' },
  {
    id: 'probe',
    see: show('tasks', 'probe', 'probe'),
    source: 'Alain & Bengio 2017, Understanding intermediate layers using linear classifier probes',
  },
  {
    id: 'multi-cls',
    see: show('tasks', 'tasks', 'reads'),
    source: 'Sandler et al. 2022, Fine-tuning Image Transformers using Learnable Memory',
  },
  { id: 'learnable-memory', see: show('memory', 'task-extension'), source: 'Sandler et al. 2022, section 3' },
  { id: 'mlm', see: lesson('mask-context'), source: 'Devlin et al. 2019, BERT, section 3.1' },
  { id: '80-10-10', see: lesson('mask-training'), source: 'Devlin et al. 2019, BERT, section 3.1' },
  { id: 'nsp', see: show('text', 'pair'), source: 'Devlin et al. 2019, BERT, section 3.1' },
  { id: 'teacher-forcing', see: show('seq2seq', 'number', 'free'), source: 'Williams & Zipser 1989' },
  { id: 'target-shift', see: show('seq2seq', 'number', 'shift'), source: 'transformers: shift_tokens_right' },
  { id: 'loss-mask', see: show('batch', 'ends', 'loss'), source: 'transformers: labels = −100 (ignore_index)' },
  {
    id: 'whole-word',
    see: show('text', 'unknown', 'unk'),
    source: 'Cui et al. 2021, Pre-Training with Whole Word Masking',
  },
  { id: 'batch', see: show('batch', 'maximum'), source: 'transformers: data collators' },
  { id: 'padding-side', see: show('batch', 'left', 'sides'), source: 'transformers: tokenizer.padding_side' },
  { id: 'dynamic-padding', see: show('batch', 'peaks', 'lengths'), source: 'transformers: DataCollatorWithPadding' },
  {
    id: 'bucketing',
    see: show('batch', 'sorted', 'lengths'),
    source: 'transformers: group_by_length; Khomenko et al. 2016',
  },
  {
    id: 'packing',
    see: show('batch', 'packed', 'map'),
    source: 'Krell et al. 2021, Efficient Sequence Packing without Cross-contamination',
  },
  {
    id: 'contamination',
    see: show('batch', 'contaminated', 'contamination'),
    source: 'Krell et al. 2021, section 3.2',
  },
  { id: 'block-mask', see: show('masks', 'packed'), source: 'Krell et al. 2021; PyTorch FlexAttention' },
  { id: 'perplexity', see: show('generate', 'greedy', 'steps'), source: 'Jelinek et al. 1977' },
  { id: 'greedy', see: show('generate', 'greedy', 'sampling'), source: 'transformers: generate(do_sample=False)' },
  { id: 'temperature', see: show('generate', 'hot', 'sampling'), source: 'Ackley et al. 1985; Hinton et al. 2015' },
  {
    id: 'top-k',
    see: show('generate', 'draw', 'sampling'),
    source: 'Fan et al. 2018, Hierarchical Neural Story Generation',
  },
  {
    id: 'top-p',
    see: show('generate', 'draw', 'sampling'),
    source: 'Holtzman et al. 2020, The Curious Case of Neural Text Degeneration',
  },
  { id: 'min-p', see: show('generate', 'hot', 'sampling'), source: 'Nguyen et al. 2024, Min-p sampling' },
  { id: 'beam', see: show('generate', 'story', 'beams'), source: 'Graves 2012; Sutskever et al. 2014' },
  { id: 'length-penalty', see: show('generate', 'greedy', 'beams'), source: 'Wu et al. 2016, GNMT, section 7' },
  {
    id: 'repetition-penalty',
    see: show('generate', 'hot', 'sampling'),
    source: 'Keskar et al. 2019, CTRL, section 4.1',
  },
  { id: 'kv-cache', see: show('generate', 'ahead', 'cache'), source: 'transformers: past_key_values' },
  { id: 'tokenizer', see: show('tokenizers', 'unknown', 'columns'), source: 'huggingface/tokenizers: Tokenizer' },
  { id: 'vocabulary', see: show('tokenizers', 'small', 'recipe'), source: 'huggingface/tokenizers' },
  {
    id: 'normaliser',
    see: show('tokenizers', 'scripts', 'recipe'),
    source: 'huggingface/tokenizers: Normalizer; Unicode Standard Annex 15',
  },
  { id: 'pre-tokeniser', see: show('tokenizers', 'unknown', 'recipe'), source: 'huggingface/tokenizers: PreTokenizer' },
  {
    id: 'bpe',
    see: show('tokenizers', 'merges', 'steps'),
    source: 'Gage 1994; Sennrich et al. 2016, Neural Machine Translation of Rare Words with Subword Units',
  },
  { id: 'wordpiece', see: show('text', 'unknown', 'unk'), source: 'Schuster & Nakajima 2012; Devlin et al. 2019' },
  { id: 'unigram', see: show('tokenizers', 'lattice', 'lattice'), source: 'Kudo 2018, Subword Regularization' },
  {
    id: 'byte-fallback',
    see: show('tokenizers', 'bytes', 'columns'),
    source: 'huggingface/tokenizers: byte_fallback; Kudo & Richardson 2018, SentencePiece',
  },
  {
    id: 'coverage',
    see: show('tokenizers', 'curves', 'curves'),
    source: 'Kudo & Richardson 2018, SentencePiece: character_coverage',
  },
  { id: 'bpe-dropout', see: show('tokenizers', 'merges', 'dropout'), source: 'Provilkov et al. 2020, BPE-Dropout' },
  {
    id: 'fertility',
    see: show('tokenizers', 'scripts', 'scripts'),
    source: 'Rust et al. 2021, How Good is Your Tokenizer?',
  },
  { id: 'encoder', see: show('text', 'context', 'attention'), source: 'Vaswani et al. 2017; Devlin et al. 2019' },
  { id: 'decoder', see: show('generate', 'story', 'steps'), source: 'Vaswani et al. 2017; Radford et al. 2019' },
  {
    id: 'matching',
    see: show('detect', 'matching', 'matching'),
    source: 'Kuhn 1955; Carion et al. 2020, DETR, section 3.1',
  },
  { id: 'frozen', see: show('memory', 'task-drift'), source: 'Sandler et al. 2022' },
]
