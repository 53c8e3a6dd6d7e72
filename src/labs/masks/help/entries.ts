/** What each panel and tool of the mask studio draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../shared/help/help_part.ts'
import { at, SOURCES } from '../../shared/help/sources.ts'
import { lines, SOFTMAX, TOTAL_VARIATION } from '../../shared/help/tex.ts'
import { t } from './words/words.ts'

const { devlin, flex, flexDoc, kullback, totalVariation, vaswani } = SOURCES

export default helpPart(
  {
    strip: {
      tex: String.raw`\mathbf x_t = \mathbf W_{\mathrm{id}_t} + \mathbf P_{\mathrm{pos}_t} \;(+\, \mathbf S_{\mathrm{seg}_t})`,
      sources: [at(devlin, '§3')],
    },
    board: {
      tex: String.raw`m^{(l,h)}_{ij} = \bigwedge_{r \in \mathrm{rules}(l,h)} r(i, j)`,
      sources: [at(vaswani, '§3.2.3'), flex],
      caution: 'caution',
    },
    readouts: {
      tex: lines(SOFTMAX, String.raw`D = \sum_w p(w) \log_2 \frac{p(w)}{p'(w)}`),
      sources: [kullback, at(devlin, '§3.1')],
    },
    'tool.rules': { tex: String.raw`m^{(l,h)}_{ij} = \bigwedge_{r \in \mathrm{rules}(l,h)} r(i, j)`, sources: [flex] },
    'tool.kinds': {
      tex: String.raw`\mathrm{open}(f, g) = \sum_{i \in f} \sum_{j \in g} m_{ij}`,
      sources: [at(vaswani, '§3.2.3')],
    },
    'tool.reach': {
      tex: String.raw`R_0 = I, \quad R_{l+1} = R_l \vee \left(M_{l+1} \cdot R_l\right)`,
      sources: [at(vaswani, '§3.2.3')],
    },
    'reach-check': {
      tex: String.raw`\max_d \left| h'_{q,d} - h_{q,d} \right| = 0 \quad \text{where } R_{qk} = 0`,
      sources: [at(vaswani, '§3.2.3')],
    },
    'tool.tiles': {
      tex: String.raw`\mathrm{FLOPs} = 4\, d \sum_{\text{tile} \ne \varnothing} |\text{tile}|, \quad \mathrm{bytes} = 2 \cdot 4\, d \sum_{\text{tile} \ne \varnothing} \mathrm{keys}(\text{tile})`,
      sources: [at(flex, '§4.1'), at(vaswani, '§3.2.1')],
    },
    'tool.compare': {
      tex: String.raw`A \oplus B = (A \wedge \neg B) \vee (\neg A \wedge B)`,
      sources: [at(vaswani, '§3.2.3')],
    },
    'compare-answers': { tex: lines(SOFTMAX, TOTAL_VARIATION), sources: [totalVariation] },
    'tool.python': {
      tex: String.raw`\mathrm{mask\_mod}(b, h, q, k) \in \{\mathrm{True}, \mathrm{False}\}, \quad \text{4-D: } 0 \text{ or } -\infty`,
      sources: [flexDoc, flex],
    },
    'tool.use': {
      tex: String.raw`m^{(l,h)}_{ij} = \bigwedge_{r \in \mathrm{rules}(l,h)} r(i, j)`,
      sources: [at(vaswani, '§3.2.3')],
    },
  },
  t,
)
