/** What each panel and tool of the vision lab draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../shared/help/help_part.ts'
import { at, SOURCES } from '../../shared/help/sources.ts'
import { CAUSAL_CHECK, COSINE, lines, SOFTMAX, TOTAL_VARIATION } from '../../shared/help/tex.ts'
import { t } from './words/words.ts'

const { abnar, darcet, dosovitskiy, jain, leys, mae, mu, naseer, shannon, ssim, vit, vitmae, zhai } = SOURCES

export default helpPart(
  {
    strip: {
      tex: String.raw`\mathbf z_0 = \left[\mathbf x_{\mathrm{cls}};\ \mathbf x_1 \mathbf E;\ \dots;\ \mathbf x_N \mathbf E\right] + \mathbf P`,
      sources: [at(dosovitskiy, 'eq. 1')],
    },
    photo: {
      tex: lines(
        'a_p = A^{(l,h)}_{q,p}',
        String.raw`R_l = \tilde A_l \cdots \tilde A_1, \quad \tilde A = \mathrm{rows}_{=1}(\bar A + I)`,
      ),
      sources: [at(dosovitskiy, 'appendix D.7'), at(abnar, '§3'), jain],
      caution: 'caution',
    },
    film: {
      tex: String.raw`a_p^{(l)} = A^{(l,h)}_{q,p}, \quad l = 1 \dots L`,
      sources: [at(dosovitskiy, 'appendix D.7')],
      caution: 'caution',
    },
    readouts: {
      tex: lines(SOFTMAX, String.raw`\mathbf z = \mathbf W\, \mathrm{pool}(\mathbf h) + \mathbf b`),
      sources: [at(dosovitskiy, '§3.1'), vit],
    },
    'tool.reads': {
      tex: lines(String.raw`\bar a_j = \frac1L \sum_{l=1}^{L} A^{(l)}_{qj}`, CAUSAL_CHECK),
      sources: [at(dosovitskiy, 'appendix D.7'), jain],
      caution: 'caution.checked',
    },
    'tool.layers': {
      tex: lines(
        String.raw`D_h = \frac{1}{|Q|} \sum_{q \in Q} \frac{\sum_k A_{qk}\, \lVert \mathbf r_q - \mathbf r_k \rVert}{\sum_k A_{qk}}`,
        String.raw`E_h = -\frac{1}{T} \sum_q \sum_k A_{qk} \log_2 A_{qk}`,
      ),
      sources: [at(dosovitskiy, 'appendix D.7'), shannon],
    },
    'tool.patches': {
      tex: lines(String.raw`\mathbf h_p = \mathbf E\, \mathbf x_p + \mathbf b + \mathbf P_p`, COSINE),
      sources: [at(dosovitskiy, '§3.1')],
    },
    filters: {
      tex: String.raw`h_{p,d} = \sum_{c,y,x} E_{d,c,y,x}\, I_{c,\, y_p + y,\, x_p + x} + b_d`,
      sources: [at(dosovitskiy, '§4.5')],
    },
    'patch-arithmetic': {
      tex: String.raw`N = \left\lfloor \frac{H}{P} \right\rfloor \left\lfloor \frac{W}{P} \right\rfloor`,
      sources: [at(dosovitskiy, '§3.1')],
    },
    'tool.positions': {
      tex: String.raw`\cos(\mathbf P_i - \bar{\mathbf P}, \mathbf P_j - \bar{\mathbf P})`,
      sources: [at(dosovitskiy, '§4.5'), mu],
    },
    'tool.registers': {
      tex: String.raw`\mathbf z_0 = \left[\mathbf x_{\mathrm{cls}};\ \mathbf r_1, \dots, \mathbf r_R;\ \mathbf x_1 \mathbf E + \mathbf P_1;\ \dots\right]`,
      sources: [at(darcet, '§2.2')],
      caution: 'caution',
    },
    'register-models': {
      tex: String.raw`\text{high:}\quad \lVert \mathbf h_p \rVert > 3 \cdot \mathrm{med}_p \lVert \mathbf h_p \rVert`,
      sources: [at(darcet, '§2.1')],
      caution: 'caution',
    },
    interactions: {
      tex: String.raw`S_{f \to g} = \frac{1}{|f|\,H} \sum_h \sum_{i \in f} \sum_{j \in g} A^{(h)}_{ij}`,
      sources: [darcet],
      caution: 'caution',
    },
    'token-norms': {
      tex: String.raw`n_t = \lVert \mathbf h_t \rVert_2, \quad n_p > \mathrm{med} + 3 \cdot 1.4826 \cdot \mathrm{MAD}`,
      sources: [at(darcet, '§2.1'), leys],
    },
    'register-cost': {
      tex: String.raw`\mathrm{FLOPs} = 2 \left(N D C P^2 + L \left(4 T D^2 + 2 T^2 D + 2 T D F\right)\right)`,
      sources: [darcet, at(dosovitskiy, '§3.1')],
    },
    'tool.pooling': {
      tex: lines(
        String.raw`\mathbf v = \mathbf h_{\mathrm{CLS}}, \quad \frac1N \sum_p \mathbf h_p, \quad \sum_p \alpha_p \mathbf h_p`,
        SOFTMAX,
      ),
      sources: [at(dosovitskiy, 'appendix D.3'), zhai],
    },
    'cls-scales': {
      tex: String.raw`\Delta_l = \frac1N \sum_p \frac{\lVert \mathbf h'_p - \mathbf h_p \rVert}{\lVert \mathbf h_p \rVert}, \quad \cos(\mathbf h_{\mathrm{CLS}}, \mathbf h'_{\mathrm{CLS}})`,
      sources: [at(dosovitskiy, '§3.1')],
    },
    agreement: {
      tex: String.raw`\mathrm{agree}(a, b) = \frac{\#\{s : \hat c_a(s) = \hat c_b(s)\}}{\#s}`,
      sources: [at(dosovitskiy, 'appendix D.3')],
    },
    'tool.masking': { tex: lines(String.raw`r_p = \frac1T \sum_q A_{qp}`, TOTAL_VARIATION), sources: [naseer] },
    'tool.rebuild': {
      tex: lines(
        String.raw`\mathrm{MSE} = \frac{1}{|\Omega|} \sum_{i \in \Omega} (\hat x_i - x_i)^2, \quad \mathrm{PSNR} = -10 \log_{10} \mathrm{MSE}`,
        String.raw`\mathrm{SSIM} = \frac{(2\mu\hat\mu + c_1)(2\sigma_{x\hat x} + c_2)}{(\mu^2 + \hat\mu^2 + c_1)(\sigma^2 + \hat\sigma^2 + c_2)}`,
      ),
      sources: [at(mae, '§3'), ssim],
    },
    'mask-token-reads': {
      tex: String.raw`a_p = \frac1H \sum_h A^{(h)}_{q,p}, \quad \rho = \mathrm{corr}(\mathrm{rank}\, a, \mathrm{rank}\, \Delta)`,
      sources: [at(mae, '§3'), jain],
      caution: 'caution.drawn',
    },
    'mask-tokens': {
      tex: String.raw`\mathbf m \in \left\{\mathbf m_{\mathrm{trained}},\ \mathbf 0,\ -\mathbf m,\ \lVert \mathbf m \rVert\, \mathbf u,\ \bar{\mathbf h}\right\}`,
      sources: [at(mae, '§3')],
    },
    'target-note': {
      tex: String.raw`\tilde x = \frac{x - \mu_p}{\sqrt{\sigma_p^2 + 10^{-6}}}`,
      sources: [at(mae, '§3'), vitmae],
    },
    'rebuild-curves': {
      tex: String.raw`\mathrm{PSNR} = -10 \log_{10} \frac{1}{|\Omega|} \sum_{i \in \Omega} (\hat x_i - x_i)^2`,
      sources: [at(mae, '§4.1'), ssim],
    },
  },
  t,
)
