/** What each panel and tool of the tasks lab over pictures draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../../shared/help/help_part.ts'
import { at, SOURCES } from '../../../shared/help/sources.ts'
import { ATTENTION, CAUSAL_CHECK, COSINE, lines, SOFTMAX } from '../../../shared/help/tex.ts'
import { t } from './words/words.ts'

const { alain, caruana, dosovitskiy, jain, mct, swain, vit } = SOURCES

export default helpPart(
  {
    strip: {
      tex: String.raw`\mathbf z_0 = \left[\mathbf c_1 + \mathbf P_0;\ \mathbf c_2 + \mathbf P_0;\ \mathbf c_3 + \mathbf P_0;\ \mathbf x_1 \mathbf E + \mathbf P_1;\ \dots\right]`,
      sources: [mct, at(dosovitskiy, 'eq. 1')],
    },
    photo: { tex: ATTENTION, sources: [mct, jain], caution: 'caution' },
    maps: { tex: String.raw`a^{(t)}_p = A^{(l,h)}_{c_t,\,p}`, sources: [mct, jain], caution: 'caution' },
    readouts: {
      tex: lines(SOFTMAX, String.raw`\mathbf z^{(t)} = \mathbf W_t\, \mathbf h_{c_t} + \mathbf b_t`),
      sources: [caruana, vit],
    },
    'tool.maps': { tex: String.raw`a^{(t,l,h)}_p = A^{(l,h)}_{c_t,\,p}`, sources: [mct, jain], caution: 'caution' },
    'tool.reads': { tex: String.raw`m_{c_s, c_t} \in \{0, 1\}`, sources: [mct] },
    restrict: {
      tex: String.raw`\mathrm{accuracy} = \frac{\mathrm{right}}{n}, \quad \mathrm{changed} = \frac{\#\{\hat c' \ne \hat c\}}{n}`,
      sources: [mct, caruana],
    },
    'tool.gone': { tex: String.raw`\Delta p_t = p_t^{\setminus s}(c) - p_t(c)`, sources: [caruana] },
    'tool.alike': { tex: COSINE, sources: [mct] },
    'alike-overlap': {
      tex: String.raw`o = \sum_p \min(\tilde a_p, \tilde b_p), \quad \tilde a_p = \frac{a_p}{\sum_{p'} a_{p'}}`,
      sources: [swain],
      caution: 'caution.cls',
    },
    'tool.probe': {
      tex: String.raw`\mathrm{acc}_{t,s} = \frac{1}{n} \sum_{i=1}^{n} \left[\arg\max \mathbf W_t\, \mathbf h^{(i)}_{s} = y^{(i)}_t\right]`,
      sources: [alain, caruana],
    },
    'tool.pooling': {
      tex: String.raw`\mathbf v = \mathbf h_{c_t}, \quad \frac1N \sum_p \mathbf h_p, \quad \frac{\sum_p a_p \mathbf h_p}{\sum_p a_p}`,
      sources: [at(dosovitskiy, 'appendix D.3')],
    },
    'tool.cause': { tex: CAUSAL_CHECK, sources: [jain] },
    'tool.twin': { tex: SOFTMAX, sources: [caruana, mct] },
    'twin-maps': { tex: ATTENTION, sources: [mct, jain], caution: 'caution' },
  },
  t,
)
