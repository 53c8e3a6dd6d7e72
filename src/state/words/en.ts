export const en = {
  'model.clsroom-bert': 'BERT, 4 layers',
  'model.clsroom-gpt2': 'GPT-2, 5 layers',
  'model.clsroom-t5': 'T5, 4 + 4 layers',
  'model.clsroom-vit': 'ViT, no registers',
  'model.clsroom-vit-registers': 'ViT, 4 registers',
  'model.clsroom-vit-large': 'ViT untaught, no registers',
  'model.clsroom-vit-large-registers': 'ViT untaught, 4 registers',
  'model.clsroom-mae': 'Masked autoencoder',
  'model.clsroom-yolos': 'YOLOS, 8 DET tokens',
  'model.clsroom-detr': 'DETR, 8 object queries',
  'model.clsroom-portfolio': 'Portfolio, 4 CLS tokens',
}
