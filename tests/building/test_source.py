"""What is read from a sitting's file."""

from pathlib import Path

from coursekit.building.source import sentences_of
from coursekit.course.lessons import LessonFolder

LESSON = """# 01 · Tea

### Exercise 1.1 · A pot

Ana brews  tea. It takes
three minutes (or four.) "Too long," she says. Which tea? `green`!

- hot
- in a *pot*. Or in two

```python
cups = 3
```

| tea | minutes |
|---|---|
| black | 4 |

```{code-cell}
minutes = 3  # given, and no part of the text
```

The data is above.

```{code-cell}
:tags: [exercise-1.1]
# Call it `brew`.
brew = "# not a comment"  # nor a line
### BEGIN SOLUTION
# Ours.
### END SOLUTION
```

Well done.

### Exercise 1.10 · Two cells

Pour it.

```{code-cell}
:tags: [part-1.10]
cup = 1
```

And drink it.

```{code-cell}
:tags: [exercise-1.10]
drink = 1
```
"""


def test_the_sentences_of_an_exercise(tmp_path: Path) -> None:
    folder = LessonFolder(tmp_path / "lessons" / "01_tea")
    folder.path.mkdir(parents=True)
    (folder.path / "1_tea.md").write_text(LESSON, encoding="utf-8")
    assert sentences_of(folder, "1.1") == [
        "Ana brews tea.",
        "It takes three minutes (or four.)",
        '"Too long," she says.',
        "Which tea?",
        "`green`!",
        "hot",
        "in a *pot*.",
        "Or in two",
        "| tea | minutes |",
        "| black | 4 |",
        "The data is above.",
        "Call it `brew`.",
    ]
    assert sentences_of(folder, "1.10") == ["Pour it.", "And drink it."]
