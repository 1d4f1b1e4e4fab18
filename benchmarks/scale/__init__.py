"""What each thing costs beside a thousand, a hundred thousand and a million reports: the figures of docs/scale.md."""
