/** What each panel and tool of the text lab draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../shared/help/help_part.ts'
import { at, SOURCES } from '../../shared/help/sources.ts'
import { CAUSAL_CHECK, COSINE, lines, SOFTMAX, TOTAL_VARIATION } from '../../shared/help/tex.ts'
import { t } from './words/words.ts'

const { devlin, clark, shannon, xiao, jain, abnar, leys, michel, salazar, sennrich, reimers, mu, bert, bertModel } =
  SOURCES
const RECEIVED = String.raw`r_j = \frac{1}{|Q|} \sum_{i \in Q} A_{ij}`

export default helpPart(
  {
    strip: {
      tex: String.raw`\mathbf x_t = \mathrm{LayerNorm}\!\left(\mathbf W_{\mathrm{id}_t} + \mathbf P_{\mathrm{pos}_t} + \mathbf S_{\mathrm{seg}_t}\right)`,
      sources: [at(devlin, '§3'), bertModel],
    },
    readouts: {
      tex: lines(SOFTMAX, String.raw`\mathbf z = \mathbf W f(\mathbf h_r) + \mathbf b`),
      sources: [at(devlin, '§3.1'), bert],
    },
    'tool.attention': { tex: RECEIVED, sources: [clark], caution: 'caution.sinks' },
    shares: {
      tex: String.raw`\mathrm{share}(g) = \frac1H \sum_h \sum_{j \in g} r_j^{(h)}`,
      sources: [clark],
      caution: 'caution.sinks',
    },
    entropies: {
      tex: String.raw`E = -\frac{1}{|Q|} \sum_{i \in Q} \sum_j A_{ij} \log_2 A_{ij}, \quad 0 \le E \le \log_2 n`,
      sources: [clark, shannon],
    },
    sinks: { tex: lines(RECEIVED, String.raw`j^* = \arg\max_j r_j`), sources: [xiao, clark], caution: 'caution.sinks' },
    'sink-checks': { tex: lines(RECEIVED, CAUSAL_CHECK), sources: [jain, xiao] },
    rollout: {
      tex: String.raw`R = \tilde A_L \cdots \tilde A_2 \tilde A_1, \quad \tilde A_l = \mathrm{rows}_{=1}\!\left(\tfrac1H \sum_h A^{(l,h)} + I\right)`,
      sources: [at(abnar, '§3')],
      caution: 'caution.rollout',
    },
    'tool.norms': {
      tex: lines(
        String.raw`n_t = \lVert \mathbf h_t \rVert_2`,
        String.raw`n_t > \mathrm{med}(n) + 3 \cdot 1.4826 \cdot \mathrm{med}\,|n - \mathrm{med}(n)|`,
      ),
      sources: [leys],
    },
    'tool.silence': { tex: TOTAL_VARIATION, sources: [SOURCES.totalVariation, jain] },
    'tool.ablation': {
      tex: lines(
        String.raw`\mathrm{out} = \sum_{h} g_h \, A^{(h)} V^{(h)} W_O^{(h)}, \quad g_h \in \{0, 1\}`,
        TOTAL_VARIATION,
      ),
      sources: [michel],
    },
    'tool.mlm': {
      tex: String.raw`\mathrm{PPL} = \exp\!\left(-\frac{1}{|M|} \sum_{t \in M} \ln p(w_t)\right)`,
      sources: [at(devlin, '§3.1'), salazar],
    },
    'tool.unk': {
      tex: String.raw`\mathrm{unknown} = \frac{\#\,[\mathrm{UNK}]}{\#\,\mathrm{pieces}}, \quad \mathrm{rate} = \frac{\#\,\mathrm{pieces}}{\#\,\mathrm{words}}`,
      sources: [sennrich],
    },
    'tool.pad': {
      tex: lines(
        String.raw`\mathrm{leak}_l = \frac{\sum_h \sum_{i \notin \mathrm{PAD}} \sum_{j \in \mathrm{PAD}} A^{(l,h)}_{ij}}{\sum_h \sum_{i \notin \mathrm{PAD}} \sum_{j} A^{(l,h)}_{ij}}`,
        TOTAL_VARIATION,
      ),
      sources: [bertModel],
    },
    'tool.pooling': {
      tex: lines(
        String.raw`\mathbf v = \mathbf h_{\mathrm{CLS}}, \;\; \tfrac1n \textstyle\sum_t \mathbf h_t, \;\; \max_t \mathbf h_t, \;\; \textstyle\sum_t \alpha_t \mathbf h_t`,
        COSINE,
      ),
      sources: [at(reimers, '§3'), mu],
    },
  },
  t,
)
