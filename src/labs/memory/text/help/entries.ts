/** What each panel and tool of the memory lab over texts draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../../shared/help/help_part.ts'
import { at, SOURCES } from '../../../shared/help/sources.ts'
import { lines, SOFTMAX } from '../../../shared/help/tex.ts'
import { t } from './words/words.ts'

const { burtsev, darcet, devlin, jain, longformer, replace, sukhbaatar, wilson, xiao } = SOURCES

export default helpPart(
  {
    strip: {
      tex: String.raw`\mathbf X = \left[\mathbf m_1, \dots, \mathbf m_m;\ \mathbf x_1, \dots, \mathbf x_n\right]`,
      sources: [at(burtsev, '§2')],
    },
    'mask-panel': {
      tex: String.raw`\text{full: } (n + m)^2, \qquad \text{bottleneck: } 2nm + m^2`,
      sources: [at(burtsev, '§2')],
    },
    readouts: { tex: SOFTMAX, sources: [burtsev, at(devlin, '§3.1')] },
    'tool.reads': {
      tex: String.raw`\mathrm{write}_{ij} = A_{m_i, x_j}, \quad \mathrm{read}_{ji} = A_{x_j, m_i}`,
      sources: [burtsev, jain],
      caution: 'caution',
    },
    'tool.mask': {
      tex: String.raw`m_{ij} = [\,i, j \text{ in an open part}\,] \wedge \left([\,i \text{ or } j \text{ memory}\,] \vee |i - j| \le w\right)`,
      sources: [at(burtsev, '§2'), longformer],
    },
    'tool.cause': { tex: String.raw`\Delta_i = p_{m_{\cdot i}=0}(w) - p(w)`, sources: [jain] },
    'tool.slots': {
      tex: String.raw`\mathbf h_m \leftarrow \mathbf 0,\ \tfrac1N \textstyle\sum_s \mathbf h_m^{(s)},\ \lVert \mathbf h_m \rVert \mathbf u,\ \mathbf h_m^{(s)}`,
      sources: [replace, burtsev],
    },
    'slots-measure': {
      tex: String.raw`\frac{\hat p + \frac{z^2}{2n} \pm z \sqrt{\frac{\hat p (1 - \hat p)}{n} + \frac{z^2}{4 n^2}}}{1 + \frac{z^2}{n}}`,
      sources: [wilson],
    },
    'tool.beside': {
      tex: String.raw`\mathbf h_m^{(l+1)} = \mathrm{layer}(\mathbf h_m^{(l)}) \quad\text{or}\quad \mathbf h_m^{(l+1)} = \mathbf h_m^{(0)}`,
      sources: [burtsev, sukhbaatar, darcet],
    },
    sink: {
      tex: String.raw`s = \frac{1}{L H n} \sum_{l,h} \sum_{i \in \mathrm{text}} A^{(l,h)}_{i,1}`,
      sources: [xiao, burtsev],
    },
    'tool.recall': {
      tex: lines(
        String.raw`\text{reach through } L \text{ layers: } |i - j| \le L\, w`,
        String.raw`\frac{\hat p + \frac{z^2}{2n} \pm z \sqrt{\frac{\hat p (1 - \hat p)}{n} + \frac{z^2}{4 n^2}}}{1 + \frac{z^2}{n}}`,
      ),
      sources: [burtsev, wilson],
    },
    recall: {
      tex: String.raw`\frac{\hat p + \frac{z^2}{2n} \pm z \sqrt{\frac{\hat p (1 - \hat p)}{n} + \frac{z^2}{4 n^2}}}{1 + \frac{z^2}{n}}`,
      sources: [wilson, burtsev],
    },
    'tool.count': {
      tex: String.raw`\frac{\hat p + \frac{z^2}{2n} \pm z \sqrt{\frac{\hat p (1 - \hat p)}{n} + \frac{z^2}{4 n^2}}}{1 + \frac{z^2}{n}}`,
      sources: [wilson, burtsev],
    },
  },
  t,
)
