/** What each panel and tool of the Generate lab draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../shared/help/help_part.ts'
import { at, SOURCES } from '../../shared/help/sources.ts'
import { lines, SOFTMAX } from '../../shared/help/tex.ts'
import { t } from './words/words.ts'

const {
  beams,
  belrose,
  cacheDoc,
  endrules,
  fan,
  gpt2,
  gpt2Model,
  gu,
  holtzman,
  inverse,
  jain,
  keskar,
  kullback,
  lens,
  minp,
  pope,
  ppl,
  vaswani,
  welleck,
  wu,
  xiao,
} = SOURCES

export default helpPart(
  {
    strip: {
      tex: String.raw`\mathbf x_t = \mathbf W_{\mathrm{id}_t} + \mathbf P_{\mathrm{pos}_t}`,
      sources: [gpt2, gpt2Model],
    },
    readouts: { tex: lines(SOFTMAX, String.raw`F(w-1) \le u < F(w)`), sources: [gpt2, inverse] },
    'tool.sampling': {
      tex: lines(
        String.raw`z'_w = \frac{z_w}{\theta}\ (z_w > 0),\ \ z_w \theta\ (z_w < 0); \quad p_w \propto e^{z'_w / \tau}`,
        String.raw`\text{top-}k: k \text{ largest}; \quad \text{top-}p: \min |S|,\ \textstyle\sum_S p \ge P; \quad p_w \ge \mu \max p`,
      ),
      sources: [keskar, fan, at(holtzman, '§3.1'), minp],
    },
    'tool.steps': {
      tex: String.raw`\log p(w_{1..n}) = \sum_t \ln p(w_t \mid w_{<t}), \quad \mathrm{PPL} = e^{-\frac1n \sum_t \ln p(w_t \mid w_{<t})}`,
      sources: [ppl],
    },
    'tool.beams': {
      tex: String.raw`\mathrm{score} = \frac{\sum_{t=1}^{n} \ln p(w_t \mid w_{<t})}{n^{\alpha}}`,
      sources: [at(wu, '§7'), beams],
    },
    'tool.end': {
      tex: String.raw`P(\text{stop at } t) = e_t \prod_{s<t} (1 - e_s), \quad \bar t = \frac{\sum_t t\, P(t)}{\sum_t P(t)}`,
      sources: [endrules, welleck],
    },
    'tool.reads': {
      tex: lines(
        String.raw`D = \sum_w p(w) \log_2 \frac{p(w)}{p^{\,m_{j}=0}(w)}`,
        String.raw`\rho = \mathrm{corr}(\mathrm{rank}\,\bar a, \mathrm{rank}\,D)`,
      ),
      sources: [jain, kullback],
      caution: 'caution.checked',
    },
    'tool.lens': {
      tex: String.raw`\mathbf z^{(l)} = \mathbf W_U\, \mathrm{norm}(\mathbf h^{(l)}), \quad p = \mathrm{softmax}(\mathbf z^{(l)})`,
      sources: [lens, belrose],
    },
    'tool.cache': { tex: String.raw`\text{numbers kept} = 2\, L\, H\, d\, T`, sources: [pope, cacheDoc] },
    'tool.start': {
      tex: String.raw`s = \frac{1}{T-1} \sum_{i>0} A_{i0}, \quad \lVert \mathbf v_0 \rVert, \quad \mathrm{PPL} = e^{-\frac1n \sum_t \ln p(w_t)}`,
      sources: [at(xiao, '§3'), gu],
      caution: 'caution.start',
    },
    'tool.window': {
      tex: String.raw`\ell_t = -\ln p(w_t \mid \text{last } W, \text{first } k)`,
      sources: [at(xiao, '§3')],
    },
    'tool.cell': {
      tex: lines(
        String.raw`D = \sum_w p(w) \log_2 \frac{p(w)}{p'(w)}`,
        String.raw`\ell_t = -\ln p(w_{t+1} \mid \dots)`,
      ),
      sources: [at(vaswani, '§3.2.3'), kullback],
    },
    'tool.compare': {
      tex: lines(
        String.raw`D = \sum_w p(w) \log_2 \frac{p(w)}{p'(w)}`,
        String.raw`\Delta_{ij} = A_{ij}^{\mathrm{now}} - A_{ij}^{\mathrm{pinned}}`,
      ),
      sources: [kullback],
    },
  },
  t,
)
