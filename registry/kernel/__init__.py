"""What every room stands on: time, errors, who acts, paging, workflows, rules. Standard library only."""
