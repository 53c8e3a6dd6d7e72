/** What each panel and tool of the memory lab over pictures draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../../shared/help/help_part.ts'
import { at, SOURCES } from '../../../shared/help/sources.ts'
import { lines, SOFTMAX } from '../../../shared/help/tex.ts'
import { t } from './words/words.ts'

const { dosovitskiy, jain, replace, sandler } = SOURCES

export default helpPart(
  {
    strip: {
      tex: String.raw`\mathbf z_l^{\mathrm{keys}} = \left[\mathbf x_{\mathrm{cls}};\ \text{patches};\ \mathbf t_1, \dots;\ \mathbf M_l^{(1)}, \dots\right]`,
      sources: [at(sandler, '§3')],
    },
    change: {
      tex: String.raw`\max_c \left| z_c^{\mathrm{base}} - z_c^{\mathrm{alone}} \right|`,
      sources: [at(sandler, '§3')],
    },
    photo: {
      tex: String.raw`A_{ij} = \frac{m_{ij}\, e^{s_{ij}}}{\sum_{k \in [\mathbf X; \mathbf M_l]} m_{ik}\, e^{s_{ik}}}`,
      sources: [at(sandler, '§3'), at(dosovitskiy, 'appendix D.7')],
      caution: 'caution',
    },
    'mask-panel': {
      tex: String.raw`m_{ij} \in \{0, 1\}, \quad \mathrm{share}(f, g) = \frac{1}{|f|} \sum_{i \in f} \sum_{j \in g} A_{ij}`,
      sources: [at(sandler, '§3, Table 1')],
      caution: 'caution',
    },
    films: { tex: 'a_p^{(l,h)} = A^{(l,h)}_{q,p}', sources: [at(dosovitskiy, 'appendix D.7')], caution: 'caution' },
    readouts: {
      tex: lines(SOFTMAX, String.raw`\max_c \left| z_c^{\mathrm{base}} - z_c^{\mathrm{alone}} \right|`),
      sources: [at(sandler, '§3')],
    },
    'tool.tasks': {
      tex: String.raw`\theta_{\mathrm{task}} = \left(\mathbf t,\ \mathbf M_1, \dots, \mathbf M_L,\ \mathbf W_{\mathrm{head}}\right)`,
      sources: [at(sandler, '§3')],
    },
    'rows-here': { tex: String.raw`\mathbf M_l \in \mathbb R^{r \times D}`, sources: [at(sandler, '§3')] },
    'tool.usage': {
      tex: String.raw`u_{l,r} = \frac1H \sum_h A^{(l,h)}_{t,\,M_{l,r}}`,
      sources: [at(sandler, '§3'), jain],
      caution: 'caution',
    },
    causal: { tex: String.raw`\Delta p_r = p_{m_{\cdot r}=0}(c) - p(c)`, sources: [jain] },
    'tool.start': {
      tex: String.raw`\mathbf M_l \leftarrow \mathbf 0,\ \bar{\mathbf M}_l,\ \lVert \mathbf M_l \rVert \mathbf u,\ \mathbf M_l'`,
      sources: [replace, sandler],
    },
    'start-effect': {
      tex: String.raw`\hat p = \frac{\mathrm{right}}{n}, \quad \mathrm{se} = \sqrt{\frac{\hat p (1 - \hat p)}{n}}`,
      sources: [replace, sandler],
    },
    'tool.interference': {
      tex: String.raw`\hat p = \frac{\mathrm{right}}{n}, \quad \max_c \left| z_c^{\mathrm{base}} - z_c^{\mathrm{alone}} \right|`,
      sources: [at(sandler, '§3')],
    },
    'tool.rows': {
      tex: String.raw`\hat p(r) = \frac{\mathrm{right}(r)}{n}, \quad \mathrm{se} = \sqrt{\frac{\hat p (1 - \hat p)}{n}}`,
      sources: [sandler],
    },
    cut: {
      tex: String.raw`\mathbf M_l \leftarrow \mathbf M_{l,\,1..r}, \quad \hat p = \frac{\mathrm{right}}{n}`,
      sources: [sandler],
    },
  },
  t,
)
