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
} as const satisfies Record<string, Source>
