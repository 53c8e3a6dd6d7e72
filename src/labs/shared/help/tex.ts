/** Formulas that several panels are made with. */

/** Attention as the kernels compute it: a mask is a yes or no for every cell, and adds nothing to the scores (`shaders/`, `Ops.attention`). */
export const ATTENTION = String.raw`A_{ij} = \frac{m_{ij}\, e^{s_{ij}}}{\sum_k m_{ik}\, e^{s_{ik}}}, \quad s_{ij} = \frac{\mathbf q_i \cdot \mathbf k_j}{\sqrt{d}}`
export const SOFTMAX = String.raw`p_c = \frac{e^{z_c}}{\sum_{c'} e^{z_{c'}}}`
export const TOTAL_VARIATION = String.raw`d = \tfrac12 \sum_c \left| p'_c - p_c \right|`
export const COSINE = String.raw`\cos(\mathbf a, \mathbf b) = \frac{\mathbf a \cdot \mathbf b}{\lVert \mathbf a \rVert\, \lVert \mathbf b \rVert}`
export const CAUSAL_CHECK = String.raw`d_j = \tfrac12 \sum_c \left| p_c^{\,m_{\cdot j} = 0} - p_c \right|, \quad t_j = 1 - \cos\!\left(\mathbf h, \mathbf h^{\,m_{\cdot j} = 0}\right)`

/** Formulas under one another. */
export function lines(...formulas: readonly string[]): string {
  return String.raw`\begin{gathered} ${formulas.join(String.raw` \\[0.6em] `)} \end{gathered}`
}
