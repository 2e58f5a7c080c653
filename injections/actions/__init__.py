"""The only writers of the chart: keyword-only functions with ``by=``, one transaction each, one file per noun."""
