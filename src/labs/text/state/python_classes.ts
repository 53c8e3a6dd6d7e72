/** transformers' classes for the text models, and where in them is what a snippet touches. */

import type { SnippetModel } from '../../../state/python.ts'

export interface ModelClass {
  name: string
  /** The encoder. */
  encoder: string
  /** The output projection of the attention of layer `layer`; absent where layers share it. */
  dense?: string
  /** It takes token_type_ids. */
  segments: boolean
  /** Some layers read only a window: a 4-D mask is given for each type of layer. */
  windows: boolean
  /** The attribute of the vocabulary logits. */
  mlm?: string
  /** The head, beside the vocabulary, that transformers' class has. */
  answers?: 'nsp' | 'sop' | 'classifier' | 'tokens' | 'replaced' | 'span'
  /** The attribute of its logits. */
  logits?: string
  /** What the heads that answer once make of hidden states [1, T, D] at `x`, for another row than the first. */
  answered: (x: string) => string
}

interface Family {
  prefix: string
  /** The attribute of the encoder in a class with a head. */
  encoder: string
  dense?: string
  segments?: false
  windows?: true
  answered: (x: string, encoder: string) => string
}

const BERT_DENSE = 'encoder.layer[layer].attention.output.dense'
const classification = (x: string) => `model.classifier(${x})`
const FAMILIES: Readonly<Record<string, Family>> = {
  albert: {
    prefix: 'Albert',
    encoder: 'albert',
    answered: (x, encoder) => `model.classifier(torch.tanh(${encoder}.pooler(${x}[:, 0])))`,
  },
  bert: {
    prefix: 'Bert',
    encoder: 'bert',
    dense: BERT_DENSE,
    answered: (x, encoder) => `model.classifier(${encoder}.pooler(${x}))`,
  },
  distilbert: {
    prefix: 'DistilBert',
    encoder: 'distilbert',
    dense: 'transformer.layer[layer].attention.out_lin',
    segments: false,
    answered: (x) => `model.classifier(torch.relu(model.pre_classifier(${x}[:, 0])))`,
  },
  electra: { prefix: 'Electra', encoder: 'electra', dense: BERT_DENSE, answered: classification },
  modernbert: {
    prefix: 'ModernBert',
    encoder: 'model',
    dense: 'layers[layer].attn.Wo',
    segments: false,
    windows: true,
    answered: (x) => `model.classifier(model.head(${x}[:, 0]))`,
  },
  roberta: { prefix: 'Roberta', encoder: 'roberta', dense: BERT_DENSE, answered: classification },
  'xlm-roberta': { prefix: 'XLMRoberta', encoder: 'roberta', dense: BERT_DENSE, answered: classification },
}

export function modelClass({ info }: SnippetModel): ModelClass {
  const { labels, tokenLabels, predictsTokens: predicts, modelType } = info
  const family = FAMILIES[modelType] as Family
  const of = (task: string, more: Partial<ModelClass>, encoder = `model.${family.encoder}`): ModelClass => ({
    name: `${family.prefix}${task}`,
    encoder,
    dense: family.dense && `${encoder}.${family.dense}`,
    segments: family.segments ?? true,
    windows: family.windows ?? false,
    answered: (x) => family.answered(x, encoder),
    ...more,
  })
  if (tokenLabels?.replaced) return of('ForPreTraining', { answers: 'replaced' })
  if (tokenLabels?.tokens) return of('ForTokenClassification', { answers: 'tokens' })
  if (tokenLabels?.span) return of('ForQuestionAnswering', { answers: 'span' })
  if (labels.classifier) return of('ForSequenceClassification', { answers: 'classifier' })
  if (labels.sop) return of('ForPreTraining', { answers: 'sop', logits: 'sop_logits', mlm: 'prediction_logits' })
  const nsp = { answers: 'nsp' as const }
  if (labels.nsp && predicts) {
    return of('ForPreTraining', { ...nsp, logits: 'seq_relationship_logits', mlm: 'prediction_logits' })
  }
  if (labels.nsp) return of('ForNextSentencePrediction', { ...nsp, logits: 'logits' })
  return predicts ? of('ForMaskedLM', { mlm: 'logits' }) : of('Model', {}, 'model')
}

/** ModernBERT's local layers keep to their window whatever they are given. */
export const WINDOWED_MASK = [
  'places = torch.arange(attention_mask.shape[-1])',
  'far = (places[:, None] - places).abs() > model.config.sliding_window',
  'attention_mask = {',
  '    "full_attention": attention_mask,',
  '    "sliding_attention": attention_mask.masked_fill(far, torch.finfo(torch.float32).min),',
  '}',
]
