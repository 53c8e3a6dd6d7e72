export const en = {
  caution: 'A share is no reason: “Use of rows” masks each memory row and says what the head says then.',
  strip:
    'The class token of the base, the patches, and for each task a class token with its memory rows; a row is masked by pressing it, and two switches set the mask.',
  'strip.symbols':
    't: class tokens of the tasks; M: trained memory rows, fresh in every layer l; they are read and read nothing.',
  change: 'What the last edit did: which heads now say something else, and whether the base’s logits moved.',
  'change.symbols': 'z: logits of the base’s head now, and without any task.',
  photo:
    'Over the picture lies what the chosen class token reads of it in one layer and head, the brighter the more; beneath it, how much goes to patches, class tokens and memory.',
  'photo.symbols':
    'A: attention over the rows X and the memory M of layer l; m: 1 where the mask of the paper lets read.',
  'mask-panel':
    'Table 1 of the paper as this run’s mask: a row for who reads, a column for what is read; empty cells may not be read, open ones say how much of the attention goes there.',
  'mask-panel.symbols': 'f, g: groups of rows and of keys; A: attention of the chosen layer and head.',
  films:
    'What the same class token reads of the picture in every layer, and in every head of the chosen layer, on one scale.',
  'films.symbols': 'A: attention of layer l and head h; q: the class token; p: a patch.',
  readouts:
    'What every head says of the picture, with its probability; above it how far the base’s logits are from those of the base alone.',
  'readouts.symbols': 'z: logits of the classes c of a head; under the extension mask the difference is exactly 0.',
  'tool.tasks': 'Which tasks stand beside the frozen base, and what each was trained to read.',
  'tool.tasks.symbols':
    't: the task’s class token; M: its memory rows in each layer; W: its head; the base’s own weights stay.',
  'rows-here': 'How many memory rows of each task are in the run, in every layer.',
  'rows-here.symbols': 'r: rows that are there, the first of those trained; D: width.',
  'tool.usage': 'What the task’s class token reads of each memory row in each layer, the mean of the heads.',
  'tool.usage.symbols': 'A: attention of head h in layer l; t: the class token; M: row r of its memory.',
  causal:
    'The causal check: the run again with one memory row masked in every layer, then with all of them; beside the share that is read stands what the head says then.',
  'causal.symbols': 'p: probability of the head’s class c now; m = 0: the run where nobody reads row r.',
  'tool.start':
    'What stands in a task’s memory in every layer: the trained rows, zeros, their mean, noise of the same length, or another task’s rows.',
  'tool.start.symbols': 'M: memory rows of layer l; M̄: their mean; u: a direction by lot; M′: those of another task.',
  'start-effect':
    'Every way of filling the memories over held-out pictures: the accuracy of each task with its standard error, and whether the base changes.',
  'start-effect.symbols': 'n: pictures; right: those whose class comes first.',
  'tool.interference':
    'The four masks over held-out pictures: the accuracy of every head, on how many the base’s answer changes, and by how much its logits move at most.',
  'tool.interference.symbols': 'n: pictures; z: the base’s logits with the tasks, and alone.',
  'tool.rows':
    'Accuracy by the number of memory rows a layer: models trained with so many (figures of the recipe), and this model with only its first rows, run here.',
  'tool.rows.symbols': 'r: rows a layer; n: pictures; fewer rows here are a part of a memory trained with all of them.',
  cut: 'This model with the first rows of its memories alone, over held-out pictures.',
  'cut.symbols': 'M: memory of layer l; r: rows that are left; n: pictures.',
}
