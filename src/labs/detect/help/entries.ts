/** What each panel and tool of the detect lab draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../shared/help/help_part.ts'
import { at, SOURCES } from '../../shared/help/sources.ts'
import { ATTENTION, lines } from '../../shared/help/tex.ts'
import { t } from './words/words.ts'

const { carion, fang, giou, jain, kuhn, shannon, vidt, voc } = SOURCES

export default helpPart(
  {
    strip: {
      tex: String.raw`p_c = \mathrm{softmax}(\mathbf W \mathbf h_q)_c, \quad \mathbf b = \sigma(\mathrm{MLP}(\mathbf h_q))`,
      sources: [at(carion, '§3.2'), at(fang, '§3.1')],
    },
    change: { tex: String.raw`\mathrm{IoU} = \frac{|B \cap B'|}{|B \cup B'|}`, sources: [voc] },
    photo: { tex: ATTENTION, sources: [carion, fang, jain], caution: 'caution' },
    films: { tex: 'a^{(l,h)}_p = A^{(l,h)}_{q,p}', sources: [carion, jain], caution: 'caution' },
    readouts: {
      tex: lines(
        String.raw`p_c = \mathrm{softmax}(\mathbf W \mathbf h_q)_c, \quad \mathbf b = \sigma(\mathrm{MLP}(\mathbf h_q))`,
        String.raw`\mathrm{IoU} = \frac{|B \cap B'|}{|B \cup B'|}`,
      ),
      sources: [at(carion, '§3.2')],
    },
    'tool.queries': {
      tex: String.raw`\mathbf q = \mathbf q_{\mathrm{trained}},\ \mathbf 0,\ \tfrac1Q \textstyle\sum_i \mathbf q_i,\ \lVert \mathbf q \rVert \mathbf u,\ \mathbf q + 0.3 \lVert \mathbf q \rVert \mathbf u`,
      sources: [at(carion, '§3.2')],
    },
    'queries-all': {
      tex: String.raw`\mathbf q_i = \mathbf q_j \Rightarrow \mathbf h_i = \mathbf h_j`,
      sources: [at(carion, '§3.2')],
    },
    recall: {
      tex: String.raw`\mathrm{recall} = \frac{\text{true objects found}}{\text{true objects}}`,
      sources: [voc],
    },
    'tool.masks': {
      tex: String.raw`m_{ij} = \begin{pmatrix} m_{\mathrm{patch} \to \mathrm{patch}} & m_{\mathrm{patch} \to \mathrm{DET}} \\ m_{\mathrm{DET} \to \mathrm{patch}} & m_{\mathrm{DET} \to \mathrm{DET}} \end{pmatrix}`,
      sources: [at(fang, '§3.1'), at(vidt, '§3')],
    },
    'mask-effect': { tex: String.raw`\mathrm{AP}_{50} = \int_0^1 p_{\mathrm{interp}}(r)\, dr`, sources: [voc, fang] },
    'tool.causal': {
      tex: String.raw`\Delta p = p_{m_{\cdot j}=0}(c) - p(c), \quad \mathrm{IoU}(B, B_{m_{\cdot j}=0})`,
      sources: [jain, carion],
    },
    'tool.compare': {
      tex: lines(
        String.raw`\mathrm{IoU} = \frac{|B \cap B'|}{|B \cup B'|}`,
        String.raw`\Delta p = p^{\mathrm{now}} - p^{\mathrm{pinned}}`,
      ),
      sources: [voc],
    },
    'tool.scene': {
      tex: String.raw`p_c = \mathrm{softmax}(\mathbf W \mathbf h_q)_c, \quad \mathbf b = \sigma(\mathrm{MLP}(\mathbf h_q))`,
      sources: [fang],
    },
    'tool.matching': {
      tex: lines(
        String.raw`\hat\sigma = \arg\min_\sigma \sum_i \mathcal C_{i,\sigma(i)}`,
        String.raw`\mathcal C = \lambda_c (1 - p_c) + \lambda_1 \lVert \mathbf b - \hat{\mathbf b} \rVert_1 + \lambda_g (1 - \mathrm{GIoU})`,
      ),
      sources: [at(carion, '§3.1'), kuhn, giou],
    },
    'tool.quality': {
      tex: String.raw`\mathrm{precision} = \frac{\mathrm{right}}{\mathrm{said}}, \quad \mathrm{recall} = \frac{\mathrm{right}}{\mathrm{objects}}`,
      sources: [voc],
    },
    'tool.slots': {
      tex: String.raw`E_q = -\sum_c \hat p_q(c) \log_2 \hat p_q(c)`,
      sources: [at(carion, '§4.3'), shannon],
    },
  },
  t,
)
