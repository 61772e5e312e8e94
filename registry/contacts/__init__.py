"""Changes of contact: a holder of codes reports them within ten working days; what is overdue is shown."""
