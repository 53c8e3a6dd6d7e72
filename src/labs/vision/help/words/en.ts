export const en = {
  caution:
    'A bright patch is no cause: the map says what is read. “What it reads” masks what is read and measures the class; “Patch masking” takes patches away.',
  'caution.checked':
    'What is read is not yet why. The causal check in this tool masks the most read token, and on a button each of them, and says how far the class goes with it.',
  'caution.drawn':
    'What a mask token reads is not yet what it needs: the check under it hides visible patches, too, and measures the drawing.',
  strip:
    'The tokens that the model reads: [CLS], registers where it has them, and all patches as one chip. Insert, mask or remove them here.',
  'strip.symbols':
    'x: pixels of a patch; E: the learned filters; P: position embeddings (registers have none); N: patches.',
  photo:
    'Over the photo lies what one token, [CLS] unless you choose another, reads of each patch: the brighter, the larger the share of its attention. The scale under it says where the colours end.',
  'photo.symbols':
    'A: the map of layer l and head h, the mean or the largest of the heads; q: the token that asks; p: a patch; R: as “rollout”, with Ā the mean of the heads and I the residual stream.',
  film: 'The same reading of the same token, one small picture a layer, all with one scale.',
  'film.symbols': 'A: attention of the chosen head, or of all of them, in layer l; q: the token that asks; p: a patch.',
  readouts:
    'The class of the picture by each head that the model has, read from [CLS], from the average of the patches or by attention pooling. Bars are probabilities; a pale mark is the answer before the last edit. A masked autoencoder shows what it draws instead.',
  'readouts.symbols':
    'z: logits of the classes c; h: last hidden states; pool: [CLS], the mean or a weighted mean; W, b: the head’s weights.',
  'tool.reads':
    'What one token reads, a layer a line: the photo under it, and how much goes to special tokens, to patches and to itself; at the end the mean of the layers, and what masking each token does. Every picture has a scale of its own, whose end stands beside it.',
  'tool.reads.symbols':
    'A: attention in layer l; q: the token; m = 0: the run with token j masked; p: the class probabilities; h: the token’s last hidden state.',
  'tool.layers':
    'Two numbers for every head, layers down, heads across: how far it looks, in patch sides, and how widely it reads, in bits; beside each grid the mean of the heads over the layers.',
  'tool.layers.symbols':
    'A: attention of head h; in D only between patches q and k, r: their row and column; in E over all tokens; T: tokens that read anything.',
  'tool.patches':
    'One patch from pixels to a vector: its pixels, the numbers of its embedding, and on the photo how alike every other patch is to it, two colours from the middle.',
  'tool.patches.symbols':
    'x: the patch’s P · P · C pixels; E, b: filters and bias; P: its position embedding; cos 1: the same direction.',
  filters:
    'The learned filters as small pictures, the strongest first; grey is 0, and each is stretched to its own largest weight.',
  'filters.symbols':
    'E: filter d, with channels c and P × P pixels; I: the picture; the number under a filter is its norm.',
  'patch-arithmetic':
    'How many patches a picture gives, for this model and for any sizes you enter; what does not fill a patch is cut off.',
  'patch-arithmetic.symbols':
    'H, W: height and width in pixels; P: side of a patch; N: patches, each a token of P · P · C numbers.',
  'tool.positions':
    'The class with the trained positions, without, shuffled, as sines, and at other resolutions; below, a small grid for every position: how alike its vector is to those of all others.',
  'tool.positions.symbols':
    'P: position embeddings of patches i and j; P̄: their mean, taken off while the switch is on; colours run from −1 to 1.',
  'tool.registers':
    'Registers put in by hand and what they do to the answers, and, as small photos, what [CLS] and each register read, all with one scale.',
  'tool.registers.symbols':
    'r: registers, R of them, without position embeddings; trained, or from zeros, noise, a copy or a mean.',
  'register-models':
    'Two models of one recipe, without registers and with four, on the same photo: what [CLS] reads, the norms of the patches, and the class.',
  'register-models.symbols': 'h: a patch’s hidden state after the last layer; med: median over the patches.',
  interactions:
    'Who reads whom, by kind of token: curves over the layers, and a grid of all pairs; the shares of one reader add up to 1.',
  'interactions.symbols': 'f, g: kinds of tokens; A: attention of head h; |f|: tokens of that kind that read anything.',
  'token-norms':
    'How long each token’s hidden state is, as bars and over the photo; ringed are patches that stand out among the patches.',
  'token-norms.symbols':
    'h: hidden state at the chosen depth; med, MAD: median over the patches, and the median distance from it.',
  'register-cost':
    'What 0 to 16 registers add in parameters, operations and memory, counted from the model’s shapes, and in time, measured here.',
  'register-cost.symbols':
    'T = 1 + R + N tokens; D: width; F: width of the feed-forward; L: layers; P, C: patch side and channels; two operations a multiply-add.',
  'tool.pooling':
    'The class read in three ways, with one [CLS], none, four, and one that starts too short or too long; each answer with how far it moved.',
  'tool.pooling.symbols':
    'h: last hidden states; N: patches; α: weights by a trained query; z: logits of the head that reads v.',
  'cls-scales':
    'How far the layers are thrown off when [CLS] starts at 0.1 to 50 times its trained vector: a line a factor, layers across.',
  'cls-scales.symbols': 'h, h′: hidden states after layer l with the trained and with the scaled [CLS]; N: patches.',
  agreement:
    'Every sample photo a line: the class by each head and its probability, right or wrong where the answer is known, and how often heads agree.',
  'agreement.symbols': 'ĉ: the likeliest class of a photo s by head a or b.',
  'tool.masking':
    'Patches are taken away by lot, in a block, by the attention they get or by hand; the class before and after, and on a button its probability against the share that is gone.',
  'tool.masking.symbols':
    'r: the mean attention that patch p receives, by which “most read” and “least read” go; p, p′: class probabilities with all patches and without some.',
  'tool.rebuild':
    'The picture with its hidden patches drawn by the model, the original, and the error of each patch; a table sets the model beside two ways of filling that know nothing of pictures.',
  'tool.rebuild.symbols':
    'x, x̂: true and drawn pixels from 0 to 1; Ω: hidden pixels; μ, σ: means and deviations in a window; SSIM of the whole picture, the mean over windows.',
  'mask-token-reads':
    'What the mask token of the chosen patch reads in each layer of the decoder, as small photos and by kind of token; on a button, how far the drawing goes when each visible patch is hidden, too.',
  'mask-token-reads.symbols':
    'A: attention in the decoder, the mean of its heads; q: the mask token; Δ: how far the drawing of q moves; ρ: Spearman’s rank correlation.',
  'mask-tokens':
    'The same hole drawn with another vector in the place of the trained mask token, and the error of each.',
  'mask-tokens.symbols':
    'm: what stands for every hidden patch; u: a direction by lot; h̄: mean of the visible patches as the decoder gets them.',
  'target-note': 'What the numbers of the model stand for, and what that does to the error of one patch.',
  'target-note.symbols':
    'x: pixels of patch p; μ, σ²: its mean and variance, where the model was taught normalised pixels.',
  'rebuild-curves':
    'How well the hole is filled as it grows: the model and two plain ways, one line each, over the share of patches that is hidden.',
  'rebuild-curves.symbols':
    'x, x̂: true and drawn pixels; Ω: hidden pixels; in dB, more is better; or SSIM, where 1 is the same picture.',
}
