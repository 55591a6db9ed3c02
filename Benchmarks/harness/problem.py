"""What an operator is told when something cannot be done."""


class Problem(Exception):
    """`summary`: where, then what did not happen. `detail`: the other side's words. `hint`: one command or edit."""

    def __init__(self, summary: str, detail: str = "", hint: str = ""):
        super().__init__(summary)
        self.summary = summary
        self.detail = detail
        self.hint = hint

    def __str__(self) -> str:
        lines = [f"Error: {self.summary}"]
        lines += [f"  {line}" for line in self.detail.strip().splitlines()[-12:]]
        if self.hint:
            lines.append(f"Hint: {self.hint}")
        return "\n".join(lines)
