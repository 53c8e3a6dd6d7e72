/** What each panel and tool of the seq2seq lab draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../shared/help/help_part.ts'
import { at, SOURCES } from '../../shared/help/sources.ts'
import { lines, SOFTMAX } from '../../shared/help/tex.ts'
import { t } from './words/words.ts'

const { bahdanau, bengio, jain, och, raffel, spearman, t5, t5attention, vaswani, williams } = SOURCES

export default helpPart(
  {
    'strip.source': { tex: String.raw`\mathbf x_j = \mathbf W_{\mathrm{id}_j}`, sources: [at(raffel, '§2.1'), t5] },
    'strip.target': { tex: String.raw`p(y) = \prod_t p(y_t \mid y_{<t}, x)`, sources: [at(raffel, '§2.1'), t5] },
    change: { tex: String.raw`\ln p = \sum_t \ln p(y_t \mid y_{<t}, x)`, sources: [at(raffel, '§2.1')] },
    'stage.encoder': {
      tex: String.raw`A_{ij} = \frac{m_{ij}\, e^{s_{ij}}}{\sum_k m_{ik}\, e^{s_{ik}}}, \quad s_{ij} = \mathbf q_i \cdot \mathbf k_j + b_{\mathrm{bucket}(j-i)}`,
      sources: [at(vaswani, '§3.2.3'), at(raffel, '§2.1')],
      caution: 'caution',
    },
    'stage.decoder': {
      tex: String.raw`A_{ij} = \frac{m_{ij}\, e^{s_{ij}}}{\sum_k m_{ik}\, e^{s_{ik}}}, \quad s_{ij} = \mathbf q_i \cdot \mathbf k_j + b_{\mathrm{bucket}(j-i)}`,
      sources: [at(vaswani, '§3.2.3'), at(raffel, '§2.1')],
      caution: 'caution',
    },
    'stage.cross': {
      tex: String.raw`A_{ij} = \frac{m_{ij}\, e^{\mathbf q_i \cdot \mathbf k_j}}{\sum_k m_{ik}\, e^{\mathbf q_i \cdot \mathbf k_k}}`,
      sources: [at(vaswani, '§3.2.3'), bahdanau],
      caution: 'caution',
    },
    readouts: {
      tex: lines(String.raw`\ln p = \sum_t \ln p(y_t \mid y_{<t}, x)`, SOFTMAX),
      sources: [at(raffel, '§2.1'), t5],
    },
    'tool.masks': {
      tex: String.raw`m^{\mathrm{enc}}_{jk},\quad m^{\mathrm{dec}}_{ik} = [k \le i],\quad m^{\mathrm{cross}}_{ij}`,
      sources: [at(vaswani, '§3.2.3')],
    },
    'tool.pad': {
      tex: String.raw`\max_w \left| z_w^{\mathrm{pad}} - z_w \right|, \quad \Delta \ln p, \quad \frac{1}{n} \sum_i \sum_{j \in \mathrm{PAD}} A_{ij}`,
      sources: [raffel, t5],
    },
    'tool.states': { tex: String.raw`\ln p = \sum_t \ln p(y_t \mid y_{<t}, x)`, sources: [at(raffel, '§2.1')] },
    'tool.shift': {
      tex: String.raw`\mathcal L = -\frac{1}{\sum_t c_t} \sum_t c_t \ln p(y_t \mid y_{<t}, x)`,
      sources: [williams, t5],
    },
    'tool.start': { tex: String.raw`\ell_t = -\ln p(y_t \mid s, y_{<t}, x)`, sources: [at(raffel, '§2.1'), t5] },
    'tool.free': {
      tex: String.raw`p(y_t \mid y_{<t}, x) \quad\text{and}\quad p(y_t \mid \hat y_{<t}, x)`,
      sources: [williams, bengio],
    },
    'tool.alignment': {
      tex: String.raw`\mathrm{score}_h = \frac{\#\{i : \arg\max_j A^{(h)}_{ij} \in T_i\}}{\#\{i : T_i \ne \varnothing\}}`,
      sources: [bahdanau, och],
      caution: 'caution.alignment',
    },
    'tool.causal': {
      tex: lines(
        String.raw`\Delta_{ij} = \ln p_{m_{\cdot j}=0}(y_i) - \ln p(y_i)`,
        String.raw`\rho_h = \mathrm{mean}_i\, \mathrm{corr}(\mathrm{rank}\, A^{(h)}_{i\cdot}, \mathrm{rank}(-\Delta_{i\cdot}))`,
      ),
      sources: [jain, spearman],
    },
    'tool.buckets': {
      tex: String.raw`s_{ij} = \mathbf q_i \cdot \mathbf k_j + b^{(h)}_{\mathrm{bucket}(j - i)}`,
      sources: [at(raffel, '§2.1'), t5attention],
    },
  },
  t,
)
