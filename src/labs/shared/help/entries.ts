/** Panels and tools that several labs have. */

import { helpPart } from './help_part.ts'
import { at, SOURCES } from './sources.ts'
import { ATTENTION, CAUSAL_CHECK, COSINE, lines, SOFTMAX, TOTAL_VARIATION } from './tex.ts'
import { t } from './words/words.ts'

const { vaswani, jain, clark, shannon, totalVariation, onnxruntime } = SOURCES
const MAP = at(vaswani, '§3.2.1')

export default helpPart(
  {
    change: {
      tex: lines(
        String.raw`d = \frac{1}{|Q|} \sum_{i \in Q} \tfrac12 \sum_j \left| A'_{ij} - A_{ij} \right|`,
        String.raw`r_j = \frac{\sum_i A_{ij}}{\sum_{i,k} A_{ik}}`,
      ),
      sources: [totalVariation],
      caution: 'caution.change',
    },
    map: { tex: ATTENTION, sources: [MAP, jain], caution: 'caution' },
    atlas: {
      tex: lines(
        String.raw`\bar A = \frac1H \sum_{h=1}^{H} A^{(h)}`,
        String.raw`\mathrm{entropy} = -\frac1T \sum_i \sum_j A_{ij} \log_2 A_{ij}`,
      ),
      sources: [MAP, shannon],
      caution: 'caution',
    },
    'tool.compare': { tex: String.raw`\Delta = x_{\mathrm{now}} - x_{\mathrm{pinned}}`, sources: [totalVariation] },
    answers: { tex: lines(SOFTMAX, TOTAL_VARIATION), sources: [totalVariation] },
    difference: {
      tex: String.raw`\Delta_{ij} = A_{ij}^{\mathrm{now}} - A_{ij}^{\mathrm{pinned}}`,
      sources: [MAP, jain],
      caution: 'caution.change',
    },
    states: { tex: COSINE, sources: [at(clark, '§3')] },
    'tool.token': {
      tex: String.raw`r_j = \sum_{i \in S} A_{ij}, \quad c_i = \sum_{j \in S} A_{ij}`,
      sources: [MAP, jain],
      caution: 'caution',
    },
    'tool.reads': {
      tex: lines(String.raw`\bar a_j = \frac1L \sum_{l=1}^{L} A^{(l)}_{qj}`, CAUSAL_CHECK),
      sources: [at(clark, '§3'), jain],
      caution: 'caution.checked',
    },
    'tool.mask': {
      tex: String.raw`m_{ij} = \begin{cases} \text{paint}_{ij} & \text{where painted} \\ \bigwedge_r r(i, j) & \text{elsewhere} \end{cases}`,
      sources: [at(vaswani, '§3.2.3')],
    },
    'tool.embedding': {
      tex: String.raw`\mathbf x = \alpha\,\mathbf E_w, \quad \mathbf 0, \quad \tfrac1n \textstyle\sum_{i} \mathbf E_{w_i} \quad\text{or}\quad \mathbf x \sim \mathcal N(\mathbf 0, \sigma^2 \mathbf I)`,
      sources: [at(vaswani, '§3.4')],
    },
    'tool.second': {
      tex: String.raw`\max_c \left| z_c^{\mathrm{here}} - z_c^{\mathrm{there}} \right|`,
      sources: [onnxruntime],
    },
  },
  t,
)
