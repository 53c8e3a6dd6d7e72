export const en = {
  title: 'About {model}',
  data: 'Data',
  recipe: 'Recipe',
  figures: 'Figures',
  limits: 'Limits',
  shaped: 'Shaped, or by itself',
  reading: 'Reading the card …',
  readme: 'The whole card',
  config: 'What its config says',
  'config.none': 'Nobody wrote a README for it that could be read here: data, figures and limits are unknown.',
  'config.type': 'Kind',
  'config.size': 'Size',
  'config.size.of':
    '{parameters} parameters; {layers, plural, one {# layer} other {# layers}} of {heads, plural, one {# head} other {# heads}}, width {width}, feed-forward {feedForward}',
  'config.vocabulary': 'Vocabulary',
  'config.vocabulary.of': '{pieces} pieces, at most {tokens} tokens',
  'config.picture': 'Picture',
  'config.picture.of':
    '{height} × {width} pixels, patches of {patch}, {registers, plural, =0 {no registers} one {# register} other {# registers}}',
  'config.heads': 'Answers',
  'config.heads.none': 'none',
  'readme.says': 'What its README says',
}
