/** What each panel and tool of the tasks lab over portfolios draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../../shared/help/help_part.ts'
import { SOURCES } from '../../../shared/help/sources.ts'
import { lines } from '../../../shared/help/tex.ts'
import { t } from './words/words.ts'

const { andersen, corsi, gorishniy, jain, kaufman, loco, patton, riskmetrics, shannon, zaheer } = SOURCES

export default helpPart(
  {
    strip: {
      tex: String.raw`\mathbf z_0 = \left[\mathbf c_{1d}, \mathbf c_{5d}, \mathbf c_{21d}, \mathbf c_{\mathrm{pf}};\ \mathbf E \mathbf f_1 + \mathbf b;\ \dots;\ \mathbf E \mathbf f_n + \mathbf b\right]`,
      sources: [gorishniy, zaheer],
    },
    panel: { tex: String.raw`\sigma_h = \sqrt{\frac{252}{h} \sum_{s=1}^{h} r_{t+s}^2}`, sources: [andersen] },
    reads: {
      tex: String.raw`a_j = \frac{A_{c,j}}{\sum_{k \in \mathrm{assets}} A_{c,k}}, \quad n_{\mathrm{eff}} = e^{-\sum_j a_j \ln a_j}`,
      sources: [shannon, jain],
      caution: 'caution',
    },
    readouts: {
      tex: lines(
        String.raw`\hat\sigma_h = e^{y_h}`,
        String.raw`\text{EWMA: } \ln \hat\sigma_h = \tfrac12 \ln \Big(252 \sum_s w_s r_{t-s}^2\Big) + c_h, \quad w_s \propto \lambda^s`,
        String.raw`\text{HAR: } \ln \hat\sigma_h = \beta_{h,0} + \sum_k \beta_{h,k} \ln \sigma_{(k)} + c_h`,
      ),
      sources: [riskmetrics, corsi],
    },
    'tool.risk': { tex: String.raw`\Delta_j = \hat\sigma - \hat\sigma_{\setminus j}`, sources: [loco, jain] },
    'tool.windows': {
      tex: String.raw`n_{\mathrm{eff}} = e^{-\sum_j a_j \ln a_j}`,
      sources: [shannon, jain],
      caution: 'caution',
    },
    'tool.walk': {
      tex: lines(
        String.raw`\mathrm{QLIKE} = \frac1n \sum_t \left(\frac{\sigma_t^2}{f_t^2} - \ln \frac{\sigma_t^2}{f_t^2} - 1\right)`,
        String.raw`R^2 = 1 - \frac{\sum_t (\ln \sigma_t - \ln f_t)^2}{\sum_t (\ln \sigma_t - \overline{\ln \sigma})^2}`,
      ),
      sources: [patton, corsi],
    },
    figures: {
      tex: String.raw`\mathrm{QLIKE} = \frac1n \sum_t \left(\frac{\sigma_t^2}{f_t^2} - \ln \frac{\sigma_t^2}{f_t^2} - 1\right)`,
      sources: [patton],
    },
    'tool.checks': { tex: String.raw`\max \left| y(\pi X) - \pi\, y(X) \right|`, sources: [zaheer] },
    'ahead-check': { tex: String.raw`\max \left| y(p_{\le t}, \tilde p_{> t}) - y(p) \right|`, sources: [kaufman] },
    'tool.pooling': {
      tex: String.raw`\mathbf v = \mathbf h_{c}, \quad \frac1n \sum_j \mathbf h_j, \quad \sum_j \alpha_j \mathbf h_j`,
      sources: [zaheer, gorishniy],
    },
  },
  t,
)
