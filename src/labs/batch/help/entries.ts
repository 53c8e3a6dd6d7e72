/** What each panel and tool of the batch lab draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../shared/help/help_part.ts'
import { at, SOURCES } from '../../shared/help/sources.ts'
import { ATTENTION, lines } from '../../shared/help/tex.ts'
import { t } from './words/words.ts'

const { bertModel, collator, devlin, fisher, gpt2Model, krell, spearman, vaswani } = SOURCES

export default helpPart(
  {
    strip: { tex: String.raw`\mathrm{useful} = \frac{\sum_s n_s}{\sum_b R_b W_b}`, sources: [krell] },
    change: { tex: String.raw`\mathrm{positions} = \sum_b R_b W_b`, sources: [krell] },
    'batch-panel': { tex: String.raw`\mathrm{PAD}_b = R_b W_b - \sum_{s \in b} n_s`, sources: [krell] },
    strategies: {
      tex: String.raw`\mathrm{FLOPs} = 2 L P (4 D^2 + 2 D F) + 4 L D \sum_{\mathrm{rows}} W^2`,
      sources: [krell, at(vaswani, '§3.2.1')],
    },
    readouts: {
      tex: lines(
        String.raw`\rho = 1 - \frac{6 \sum_i d_i^2}{n^3 - n}`,
        String.raw`\max_d \left| x_d^{\mathrm{batch}} - x_d^{\mathrm{alone}} \right| \le 10^{-4}`,
      ),
      sources: [spearman, krell],
    },
    'tool.lengths': {
      tex: String.raw`\eta^2 = \frac{\sum_b n_b (\bar \ell_b - \bar \ell)^2}{\sum_s (\ell_s - \bar \ell)^2}`,
      sources: [fisher, krell],
    },
    'tool.map': { tex: ATTENTION, sources: [at(vaswani, '§3.2.1'), krell], caution: 'caution' },
    'tool.contamination': {
      tex: lines(
        String.raw`\max_d \left| h_d^{\mathrm{batch}} - h_d^{\mathrm{alone}} \right|`,
        String.raw`\mathrm{mass} = \frac{1}{n} \sum_i \sum_{j \in \mathrm{others}} A_{ij}`,
      ),
      sources: [krell],
    },
    'tool.leak': {
      tex: lines(
        String.raw`\mathrm{mass}(n) = \frac{1}{|Q|} \sum_{i \in Q} \sum_{j \in \mathrm{PAD}} A_{ij}`,
        String.raw`\max_c \left| z_c(n) - z_c(0) \right|`,
      ),
      sources: [bertModel],
      caution: 'caution.leak',
    },
    'tool.sides': {
      tex: String.raw`\max_d \left| h_d^{\mathrm{batch}} - h_d^{\mathrm{alone}} \right|`,
      sources: [bertModel, gpt2Model],
    },
    'tool.loss': {
      tex: String.raw`\mathcal L = \frac{\sum_t c_t\, \ell_t}{\sum_t c_t} \quad\text{or}\quad \frac1S \sum_s \frac{\sum_{t \in s} c_t\, \ell_t}{\sum_{t \in s} c_t}`,
      sources: [gpt2Model, at(devlin, '§3.1')],
    },
    'tool.code': {
      tex: String.raw`\left(\mathrm{input\_ids},\ \mathrm{attention\_mask},\ \mathrm{position\_ids},\ \mathrm{labels}\right) \in \mathbb Z^{R \times W}`,
      sources: [collator],
    },
  },
  t,
)
