/** What each panel and tool of the tokenizers lab draws: its formula, as the code computes it, and where that is from. */

import { helpPart } from '../../shared/help/help_part.ts'
import { at, SOURCES } from '../../shared/help/sources.ts'
import { lines } from '../../shared/help/tex.ts'
import { t } from './words/words.ts'

const { devlin, hfTokenizers, kudo, nfkc, petrov, provilkov, rust, schuster, sennrich } = SOURCES

export default helpPart(
  {
    strip: { tex: String.raw`\mathrm{unknown} = \#\,[\mathrm{UNK}]`, sources: [sennrich] },
    change: { tex: String.raw`\Delta = n'_{\mathrm{pieces}} - n_{\mathrm{pieces}}`, sources: [sennrich] },
    'columns-panel': {
      tex: String.raw`\text{text} \to \text{words} \to (w_1, \dots, w_n), \quad w_i \in V`,
      sources: [sennrich, kudo, hfTokenizers],
    },
    readouts: { tex: String.raw`\mathrm{fertility} = \frac{\#\,\mathrm{pieces}}{\#\,\mathrm{words}}`, sources: [rust] },
    'tool.corpus': {
      tex: String.raw`\text{lines} = \text{train} \cup \text{held out}, \quad |\text{held out}| = \left\lfloor \tfrac{n}{10} \right\rfloor`,
      sources: [hfTokenizers],
    },
    'tool.recipe': {
      tex: String.raw`\text{text} \xrightarrow{\text{normaliser}} \text{text}' \xrightarrow{\text{pre-tokeniser}} \text{words}`,
      sources: [hfTokenizers, nfkc],
    },
    stages: { tex: String.raw`x_0 \to f_1(x_0) \to f_2(f_1(x_0)) \to \dots`, sources: [hfTokenizers] },
    'tool.steps': {
      tex: lines(
        String.raw`\text{BPE: } \arg\max_{(a,b)} \#(ab); \quad \text{WordPiece by score: } \frac{\#(ab)}{\#(a)\, \#(b)}`,
        String.raw`\text{Unigram: } \max_p \sum_w \#(w) \ln \sum_{x \in S(w)} \prod_i p(x_i)`,
      ),
      sources: [sennrich, schuster, at(kudo, '§3.2'), hfTokenizers],
    },
    'tool.columns': {
      tex: String.raw`\mathrm{tokenizer} = (\text{normaliser}, \text{pre-tokeniser}, \text{model}, V)`,
      sources: [hfTokenizers],
    },
    'tool.trip': { tex: String.raw`\mathrm{decode}(\mathrm{encode}(x)) \overset{?}{=} x`, sources: [hfTokenizers] },
    'typed-specials': {
      tex: String.raw`\mathrm{encode}(\text{[SEP]}) = \begin{cases} (\mathrm{id}_{\mathrm{SEP}}) & \text{parsed} \\ (w_1, \dots, w_n) & \text{text} \end{cases}`,
      sources: [hfTokenizers],
    },
    'tool.scripts': { tex: String.raw`\mathrm{cost}(\ell) = \#\,\mathrm{pieces}(x_\ell)`, sources: [petrov] },
    'tool.unknown': {
      tex: String.raw`\mathrm{unknown} = \frac{\#\{\text{running words with } [\mathrm{UNK}]\}}{\#\{\text{running words}\}}`,
      sources: [sennrich],
    },
    'tool.under': {
      tex: String.raw`p(w \mid \text{[MASK] in its place}) = \mathrm{softmax}(\mathbf z)_w`,
      sources: [at(devlin, '§3.1')],
    },
    'tool.curves': {
      tex: String.raw`\mathrm{known}(k) = \frac{\#\{w : w \text{ has no } [\mathrm{UNK}] \text{ in } V_{1..k}\}}{\#w}`,
      sources: [sennrich, rust],
    },
    'tool.lattice': {
      tex: String.raw`p(x) \propto \prod_i p(x_i), \quad \mathrm{share}(\text{arc}) = \frac{\sum_{x \ni \text{arc}} p(x)}{\sum_x p(x)}, \quad P(x) \propto p(x)^\alpha`,
      sources: [at(kudo, '§3.2'), at(kudo, '§3.3')],
    },
    'tool.dropout': { tex: String.raw`P(\text{a due merge is passed over}) = p`, sources: [provilkov] },
  },
  t,
)
