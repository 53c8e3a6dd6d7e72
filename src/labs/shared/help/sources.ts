/** What the formulas of the panels are from. Sections are given where they are used. */

import type { Source } from '../../../views/help/help.ts'

const arxiv = (text: string, id: string): Source => ({ text, url: `https://arxiv.org/abs/${id}` })
const doi = (text: string, id: string): Source => ({ text, url: `https://doi.org/${id}` })
/** A page of the documentation of transformers. */
const transformers = (text: string, page: string): Source => ({
  text: `transformers: ${text}`,
  url: `https://huggingface.co/docs/transformers/${page}`,
})

/** One place of a source: "§3.2.1". */
export function at({ text, url }: Source, place: string): Source {
  return { text: `${text}, ${place}`, url }
}

export const SOURCES = {
  vaswani: arxiv('Vaswani et al. 2017', '1706.03762'),
  jain: arxiv('Jain & Wallace 2019, “Attention is not Explanation”', '1902.10186'),
  clark: arxiv('Clark et al. 2019, “What Does BERT Look At?”', '1906.04341'),
  shannon: doi('Shannon 1948', '10.1002/j.1538-7305.1948.tb01338.x'),
  totalVariation: {
    text: 'Levin, Peres & Wilmer, “Markov Chains and Mixing Times”, §4.1',
    url: 'https://pages.uoregon.edu/dlevin/MARKOV/',
  },
  devlin: arxiv('Devlin et al. 2019 (BERT)', '1810.04805'),
  abnar: arxiv('Abnar & Zuidema 2020, “Quantifying Attention Flow”', '2005.00928'),
  michel: arxiv('Michel et al. 2019, “Are Sixteen Heads Really Better than One?”', '1905.10650'),
  reimers: arxiv('Reimers & Gurevych 2019 (Sentence-BERT)', '1908.10084'),
  mu: arxiv('Mu & Viswanath 2018, “All-but-the-Top”', '1702.01417'),
  xiao: arxiv('Xiao et al. 2023 (StreamingLLM)', '2309.17453'),
  leys: doi('Leys et al. 2013', '10.1016/j.jesp.2013.03.013'),
  salazar: arxiv('Salazar et al. 2020', '1910.14659'),
  sennrich: arxiv('Sennrich et al. 2016', '1508.07909'),
  onnxruntime: { text: 'Transformers.js (onnxruntime-web)', url: 'https://huggingface.co/docs/transformers.js' },
  bert: transformers('BertForPreTraining', 'model_doc/bert#transformers.BertForPreTraining'),
  bertModel: transformers('BertModel', 'model_doc/bert#transformers.BertModel'),
  vit: transformers('ViTForImageClassification', 'model_doc/vit#transformers.ViTForImageClassification'),
  vitmae: transformers('ViTMAEForPreTraining', 'model_doc/vit_mae#transformers.ViTMAEForPreTraining'),
  gpt2Model: transformers('GPT2LMHeadModel', 'model_doc/gpt2#transformers.GPT2LMHeadModel'),
  t5: transformers('T5ForConditionalGeneration', 'model_doc/t5#transformers.T5ForConditionalGeneration'),
  t5attention: {
    text: 'transformers: T5Attention._relative_position_bucket',
    url: 'https://github.com/huggingface/transformers/blob/main/src/transformers/models/t5/modeling_t5.py',
  },
  beams: transformers('generate, length_penalty', 'main_classes/text_generation'),
  endrules: transformers('MinNewTokensLengthLogitsProcessor and its like', 'internal/generation_utils'),
  cacheDoc: transformers('KV cache', 'kv_cache'),
  ppl: transformers('Perplexity of fixed-length models', 'perplexity'),
  collator: transformers('Data collator', 'main_classes/data_collator'),
  hfTokenizers: { text: 'Hugging Face tokenizers', url: 'https://huggingface.co/docs/tokenizers' },
  flexDoc: {
    text: 'PyTorch: flex_attention',
    url: 'https://docs.pytorch.org/docs/stable/nn.attention.flex_attention.html',
  },

  dosovitskiy: arxiv('Dosovitskiy et al. 2021 (ViT)', '2010.11929'),
  darcet: arxiv('Darcet et al. 2024, “Vision Transformers Need Registers”', '2309.16588'),
  zhai: arxiv('Zhai et al. 2022, “Scaling Vision Transformers”', '2106.04560'),
  naseer: arxiv('Naseer et al. 2021', '2105.10497'),
  mae: arxiv('He et al. 2022 (MAE)', '2111.06377'),
  ssim: doi('Wang et al. 2004 (SSIM)', '10.1109/TIP.2003.819861'),

  gpt2: {
    text: 'Radford et al. 2019 (GPT-2)',
    url: 'https://cdn.openai.com/better-language-models/language_models_are_unsupervised_multitask_learners.pdf',
  },
  inverse: {
    text: 'Devroye 1986, “Non-Uniform Random Variate Generation”, ch. III',
    url: 'http://luc.devroye.org/rnbookindex.html',
  },
  keskar: arxiv('Keskar et al. 2019 (CTRL)', '1909.05858'),
  fan: arxiv('Fan et al. 2018', '1805.04833'),
  holtzman: arxiv('Holtzman et al. 2020', '1904.09751'),
  minp: arxiv('Nguyen et al. 2024 (min-p)', '2407.01082'),
  wu: arxiv('Wu et al. 2016 (GNMT)', '1609.08144'),
  welleck: arxiv('Welleck et al. 2020', '1908.04319'),
  kullback: doi('Kullback & Leibler 1951', '10.1214/aoms/1177729694'),
  lens: {
    text: 'nostalgebraist 2020, “interpreting GPT: the logit lens”',
    url: 'https://www.lesswrong.com/posts/AcKRB8wDpdaN6v6ru/interpreting-gpt-the-logit-lens',
  },
  belrose: arxiv('Belrose et al. 2023', '2303.08112'),
  pope: arxiv('Pope et al. 2023', '2211.05102'),
  gu: arxiv('Gu et al. 2025, “When Attention Sink Emerges”', '2410.10781'),

  raffel: arxiv('Raffel et al. 2020 (T5)', '1910.10683'),
  bahdanau: arxiv('Bahdanau et al. 2015', '1409.0473'),
  williams: doi('Williams & Zipser 1989', '10.1162/neco.1989.1.2.270'),
  bengio: arxiv('Bengio et al. 2015, “Scheduled Sampling”', '1506.03099'),
  och: { text: 'Och & Ney 2003', url: 'https://aclanthology.org/J03-1002/' },
  spearman: doi('Spearman 1904', '10.2307/1412159'),

  carion: arxiv('Carion et al. 2020 (DETR)', '2005.12872'),
  fang: arxiv('Fang et al. 2021 (YOLOS)', '2106.00666'),
  vidt: arxiv('Song et al. 2022 (ViDT)', '2110.03921'),
  voc: doi('Everingham et al. 2010 (PASCAL VOC)', '10.1007/s11263-009-0275-4'),
  kuhn: doi('Kuhn 1955', '10.1002/nav.3800020109'),
  giou: arxiv('Rezatofighi et al. 2019 (GIoU)', '1902.09630'),

  burtsev: arxiv('Burtsev et al. 2020, “Memory Transformer”', '2006.11527'),
  sandler: arxiv('Sandler et al. 2022, “Fine-tuning Image Transformers using Learnable Memory”', '2203.15243'),
  sukhbaatar: arxiv('Sukhbaatar et al. 2019, “Persistent Memory”', '1907.01470'),
  replace: arxiv('arXiv:2604.14433, zeroing against other replacements', '2604.14433'),
  longformer: arxiv('Beltagy et al. 2020 (Longformer)', '2004.05150'),
  wilson: doi('Wilson 1927', '10.1080/01621459.1927.10502953'),

  mct: arxiv('Xu et al. 2022, “Multi-class Token Transformer”', '2203.02891'),
  caruana: doi('Caruana 1997, “Multitask Learning”', '10.1023/A:1007379606734'),
  alain: arxiv('Alain & Bengio 2016', '1610.01644'),
  swain: doi('Swain & Ballard 1991', '10.1007/BF00130487'),
  gorishniy: arxiv('Gorishniy et al. 2021 (FT-Transformer)', '2106.11959'),
  zaheer: arxiv('Zaheer et al. 2017, “Deep Sets”', '1703.06114'),
  loco: arxiv('Lei et al. 2018', '1604.04173'),
  kaufman: doi('Kaufman et al. 2012, “Leakage in Data Mining”', '10.1145/2382577.2382579'),
  andersen: doi('Andersen et al. 2003', '10.1111/1468-0262.00418'),
  riskmetrics: {
    text: 'J.P. Morgan 1996 (RiskMetrics)',
    url: 'https://www.msci.com/documents/10199/5915b101-4206-4ba0-aee2-3449d5c7e95a',
  },
  corsi: doi('Corsi 2009 (HAR)', '10.1093/jjfinec/nbp001'),
  patton: doi('Patton 2011', '10.1016/j.jeconom.2010.03.034'),

  flex: arxiv('Dong et al. 2024 (FlexAttention)', '2412.05496'),
  krell: arxiv('Krell et al. 2021, packing', '2107.02027'),
  fisher: { text: 'Correlation ratio', url: 'https://en.wikipedia.org/wiki/Correlation_ratio' },

  schuster: {
    text: 'Schuster & Nakajima 2012 (WordPiece)',
    url: 'https://research.google/pubs/japanese-and-korean-voice-search/',
  },
  kudo: arxiv('Kudo 2018 (Unigram)', '1804.10959'),
  provilkov: arxiv('Provilkov et al. 2020 (BPE-dropout)', '1910.13267'),
  rust: arxiv('Rust et al. 2021, “How Good is Your Tokenizer?”', '2012.15613'),
  petrov: arxiv('Petrov et al. 2023', '2305.15425'),
  nfkc: { text: 'Unicode: UAX #15', url: 'https://unicode.org/reports/tr15/' },
} as const satisfies Record<string, Source>
