import type { en } from './en.ts'

const ru: Record<keyof typeof en, string> = {
  'model.clsroom-bert': 'BERT, 4 слоя',
  'model.clsroom-gpt2': 'GPT-2, 5 слоёв',
  'model.clsroom-t5': 'T5, 4 + 4 слоя',
  'model.clsroom-vit': 'ViT, без регистров',
  'model.clsroom-vit-registers': 'ViT, 4 регистра',
  'model.clsroom-vit-large': 'ViT без учителя, без регистров',
  'model.clsroom-vit-large-registers': 'ViT без учителя, 4 регистра',
  'model.clsroom-mae': 'Маскированный автоэнкодер',
  'model.clsroom-yolos': 'YOLOS, 8 токенов DET',
  'model.clsroom-detr': 'DETR, 8 запросов объектов',
  'model.clsroom-vit-tasks': 'ViT, по CLS на каждую из 3 задач',
  'model.clsroom-vit-tasks-single': 'ViT, один CLS на 3 задачи',
  'model.clsroom-vidt': 'ViDT, 8 токенов DET и шея',
  'model.clsroom-memtransformer': 'Memory Transformer, 8 токенов',
  'model.clsroom-memctrl': 'MemCtrl, 8 токенов памяти',
  'model.clsroom-membottleneck': 'MemBottleneck, 8 токенов памяти',
  'model.clsroom-nomemory': 'Двойник без памяти',
  'model.clsroom-vit-memory': 'ViT, память для 2 задач',
}

export default ru
